using System.Text;
using AuditHost.Intake;
using AuditHost.Sdk;

namespace AuditHost.Tests.Intake;

public sealed class EventParserTests
{
    [Fact]
    public void Envelope_of_copybook_is_found_in_one_pass()
    {
        AuditEvent parsed = Parse("""
            {"event_id":"audit-1","timestamp":"2026-03-31T06:52:13.368204555Z","event_type":"SecurityEvent",
             "context":{"operation_id":"op-7","user":"Zo\u00eb","environment":{"hostname":"cbproc-01"},
                        "security":{"classification":"PHI"},"compliance_profiles":["HIPAA"]},
             "payload":{"type":"SecurityEvent","data":{"severity":"critical","affected_resources":["a","b"]}},
             "severity":"High","source":"copybook-core::security"}
            """);

        Assert.Equal("audit-1", parsed.Id.ToString());
        Assert.Equal("SecurityEvent", parsed.Type.ToString());
        Assert.Equal("2026-03-31T06:52:13.368204555Z", parsed.Timestamp.ToString());
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 6, 52, 13, TimeSpan.Zero).AddTicks(3682045), parsed.Time);
        Assert.Equal(Severity.High, parsed.Severity);
        Assert.Equal("copybook-core::security", parsed.Source.ToString());
        Assert.Equal("Zoë", parsed.User.ToString());
        Assert.Equal("cbproc-01", parsed.Host.ToString());
        Assert.Equal("op-7", parsed.Operation.ToString());
        Assert.Equal("PHI", parsed.Classification.ToString());
        Assert.Equal("""["HIPAA"]""", parsed.ComplianceProfiles.ToString());
        Assert.Equal("critical", parsed.Find("payload.data.severity").ToString());
        Assert.Equal("b", parsed.Find("payload.data.affected_resources.1").ToString());
        Assert.Equal("SecurityEvent", parsed.Find("payload.type").ToString());
        Assert.Equal(EventValueKind.Missing, parsed.Find("payload.data.none").Kind);
    }

    [Theory]
    [InlineData("""{"id":"x","time":1774939933,"type":"login"}""", "x", "login", 1774939933)]
    [InlineData("""{"eventId":7,"@timestamp":"2026-03-31T08:52:13+02:00","eventType":"login"}""", "7", "login", 1774939933)]
    [InlineData("""{"id":"outer","event_id":"own","type":"t","time":1774939933000}""", "own", "t", 1774939933)]
    public void Other_producers_names_are_understood(string json, string id, string type, long unixSeconds)
    {
        AuditEvent parsed = Parse(json);

        Assert.Equal(id, parsed.Id.ToString());
        Assert.Equal(type, parsed.Type.ToString());
        Assert.Equal(unixSeconds, parsed.Time.ToUnixTimeSeconds());
    }

    [Fact]
    public void Values_of_the_wrong_kind_count_as_missing()
    {
        AuditEvent parsed = Parse("""{"event_id":{},"severity":5,"source":[],"context":{"user":7,"compliance_profiles":"SOX"}}""");

        Assert.False(parsed.Id.HasValue);
        Assert.Equal(Severity.Info, parsed.Severity);
        Assert.False(parsed.Source.HasValue);
        Assert.False(parsed.User.HasValue);
        Assert.False(parsed.ComplianceProfiles.HasValue);
    }

    [Theory]
    [InlineData("[1]", "$", "this is an array")]
    [InlineData("\"x\"", "$", "this is a string")]
    [InlineData("{\"a\":}", "$", "not valid JSON")]
    [InlineData("{\"a\":1} {}", "$", "not valid JSON")]
    [InlineData("", "$", "not valid JSON")]
    [InlineData("{\"event_id\":\"a\",\"event_id\":\"b\"}", "$.event_id", "stands twice")]
    [InlineData("{\"event_id\":\"a\",\"\\u0065vent_id\":\"b\"}", "$.event_id", "stands twice")]
    public void Bad_events_are_refused_with_the_place_and_the_reason(string json, string path, string reason)
    {
        Assert.False(EventParser.TryParse(Encoding.UTF8.GetBytes(json), out _, out EventError? error));
        Assert.Equal(path, error!.Path);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_encoding_is_refused_at_its_byte()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("{\"event_id\":\"Müller\"}");

        Assert.False(EventParser.TryParse(latin1, out _, out EventError? error));
        Assert.Equal(14, error!.Offset);
        Assert.Contains("UTF-8", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));

        Assert.False(EventParser.TryParse(Encoding.UTF8.GetBytes(deep), out _, out EventError? error));
        Assert.Contains("depth", error!.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Lone_surrogate_decodes_to_the_replacement_character() =>
        Assert.Equal("a\uFFFDb", Parse("""{"event_id":"a\ud800b"}""").Id.ToString());

    [Fact]
    public void A_member_name_with_a_lone_surrogate_is_no_obstacle()
    {
        AuditEvent parsed = Parse("""{"a\ud800b":1,"event_id":"x","payload":{"\udc00":2,"k\u0065y":"v"}}""");

        Assert.Equal("x", parsed.Id.ToString());
        Assert.Equal("v", parsed.Find("payload.key").ToString());
    }

    /// <summary>What the one pass noted saves a search, and must be what a search would find.</summary>
    [Theory]
    [InlineData("""{"context":{"a":1,"environment":{"process_id":7}},"payload":{"data":{"a":2},"b":3},"integrity_hash":"i","previous_hash":null}""")]
    [InlineData("""{"context":"text","payload":"text","integrity_hash":{"a":1},"previous_hash":["p"]}""")]
    [InlineData("""{"context":["c"],"payload":["d",{"a":1}]}""")]
    [InlineData("""{"context":{"a":1},"context":{"a":2,"b":3},"payload":{"data":1,"data":{"a":1}},"integrity_hash":1,"integrity_hash":2}""")]
    [InlineData("""{"contexts":{"a":1},"payloads":{"a":1},"integrity_hash2":1,"payload.data":1}""")]
    public void Path_finds_the_same_wherever_the_pass_has_been(string json)
    {
        AuditEvent parsed = Parse(json);
        string[] paths =
        [
            "context", "context.a", "context.b", "context.0", "context.environment.process_id", "payload", "payload.data", "payload.data.a", "payload.b", "payload.0", "payload.1.a",
            "integrity_hash", "integrity_hash.a", "previous_hash", "previous_hash.0", "contexts.a", "payloads", "payloads.a", "integrity_hash2", "",
        ];

        Assert.All(paths, path =>
        {
            EventValue searched = JsonPath.Find(parsed.Json.Span, path);
            EventValue found = parsed.Find(path);
            Assert.Equal((searched.Kind, searched.ToString()), (found.Kind, found.ToString()));
        });
    }

    [Fact]
    public void A_good_event_is_parsed_without_allocation()
    {
        byte[] json = """{"event_id":"a","timestamp":"2026-03-31T06:52:13.368204555Z","event_type":"t","severity":"High"}"""u8.ToArray();
        bool good = EventParser.TryParse(json, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            good &= EventParser.TryParse(json, out _, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(good);
    }

    private static ParsedEvent Parse(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        Assert.True(EventParser.TryParse(bytes, out EventIndex index, out EventError? error), error?.Reason);
        var parsed = new ParsedEvent();
        parsed.Set(bytes, index, 1, DateTime.UnixEpoch.Ticks, null);
        return parsed;
    }
}
