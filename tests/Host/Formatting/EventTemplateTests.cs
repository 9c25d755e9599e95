using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditHost.Formatting;
using AuditHost.Sdk;

namespace AuditHost.Tests.Formatting;

public sealed class EventTemplateTests
{
    private const string Event = """
        {"event_id":"e-1","timestamp":"2026-03-31T06:52:12.118204500Z","event_type":"SecurityEvent","severity":"High","source":"core",
         "context":{"user":"Zo\u00eb","operation_id":"op-7","environment":{"hostname":"h1"},"security":{"classification":"PHI"},
         "compliance_profiles":["HIPAA","SOX"]},"odd key":"odd","nothing":null,"yes":true,
         "n":[7,12345678901,2.0,3.14,1e5,-0.5,123456789012345678901234567890],"text":"a\"b\\c\u0001\ud83d\ude00\ud800"}
        """;

    [Theory]
    [InlineData("{{ event.event_id }}", "e-1")]
    [InlineData("{{ event.context.user }}", "Zoë")]
    [InlineData("{{ event['odd key'] }}{{ event[\"odd key\"] }}", "oddodd")]
    [InlineData("{{ event.missing }}{{ event.missing.deeper.still }}{{ event.nothing }}", "")]
    [InlineData("{{ event.missing ?? 'none' }}", "none")]
    [InlineData("{{ event.n | array.join ' ' }}", "7 12345678901 2.0 3.14 100000 -0.5 123456789012345678901234567890")]
    [InlineData("{{ event.n[0] + event.n[1] }} {{ event.n[-1] }} {{ event.n.size }}", "12345678908 123456789012345678901234567890 7")]
    [InlineData("{{ if event.yes }}yes{{ end }}{{ if event.nothing }}no{{ end }}", "yes")]
    [InlineData("{{ event.context.compliance_profiles }}", """["HIPAA","SOX"]""")]
    [InlineData("{{ event.context.security }}", """{"classification":"PHI"}""")]
    [InlineData("{{ for m in event.context.security; m.key; '='; m.value; end }}", "classification=PHI")]
    [InlineData("{{ event.context.security | object.keys | array.join ',' }}", "classification")]
    [InlineData("{{ event.context | object.size }}{{ event.context | object.has_key 'user' }}", "5true")]
    [InlineData("{{ for v in [event, 1, 'a', event.yes, event.n, audit.time]; object.typeof v; ' '; end }}", "object number string boolean array date ")]
    public void Members_of_the_event_are_seen_as_received(string template, string rendered) =>
        Assert.Equal(rendered, Rendering.Render(template, Event));

    [Fact]
    public void Envelope_is_there_under_the_same_names_for_every_producer()
    {
        const string Template =
            "{{ [audit.id, audit.type, audit.time, audit.severity, audit.severity_number, audit.source, audit.user, audit.host, audit.operation, "
            + "audit.classification, audit.compliance_profiles, audit.sequence, audit.received_at, audit.key] }}";

        Assert.Equal(
            """["e-1","SecurityEvent","2026-03-31T06:52:12.1182045Z","High",3,"core","Zoë","h1","op-7","PHI",["HIPAA","SOX"],1,"2026-04-01T00:00:00Z",null]""",
            Rendering.Render(Template, Event));
        Assert.Equal(
            """["7","login","2026-03-31T06:52:13Z","Info",0,null,"ann","web-1",null,null,null,1,"2026-04-01T00:00:00Z",null]""",
            Rendering.Render(Template, """{"eventId":7,"eventType":"login","@timestamp":"2026-03-31T08:52:13+02:00","user":"ann","hostname":"web-1"}"""));
    }

    [Theory]
    [InlineData("{{ audit.timestamp }}", "2026-03-31T06:52:12.118204500Z")]
    [InlineData("{{ audit.unix_seconds }} {{ audit.unix_ms }} {{ audit.unix_ns }}", "1774939932 1774939932118 1774939932118204500")]
    [InlineData("{{ audit.time | date.to_string '%d/%m/%Y %H:%M' }}", "31/03/2026 06:52")]
    [InlineData("{{ audit.time | date.add_days 1 }}", "2026-04-01T06:52:12.1182045Z")]
    [InlineData("{{ '2026-01-01T00:00:00+02:00' | date.parse }}", "2025-12-31T22:00:00Z")]
    [InlineData("{{ '2026-01-01 00:00:00' | date.parse }}", "2026-01-01T00:00:00Z")]
    [InlineData("{{ 'soon' | date.parse }}", "")]
    public void Times_are_in_utc_on_every_machine(string template, string rendered) => Assert.Equal(rendered, Rendering.Render(template, Event));

    [Fact]
    public void Sample_events_pass_through_unchanged()
    {
        IEventFormatter template = TemplateCompiler.CompileEvent(
            """{"id":{{ event.event_id | json }},"time":{{ audit.time | json }},"all":{{ event | json }},"data":{{ event.payload.data }}}""",
            "t.sbn", Rendering.Json);

        IReadOnlyList<AuditEvent> samples = Rendering.Samples();
        Assert.Equal(10, samples.Count);
        foreach (AuditEvent sample in samples)
        {
            using var rendered = JsonDocument.Parse(template.Render(sample));
            using var received = JsonDocument.Parse(sample.Json);
            Assert.Equal(sample.Id.ToString(), rendered.RootElement.GetProperty("id").GetString());
            Assert.Equal(sample.Time.UtcDateTime, rendered.RootElement.GetProperty("time").GetDateTime().ToUniversalTime());
            Assert.Equal(Encoding.UTF8.GetString(sample.Json.Span), rendered.RootElement.GetProperty("all").GetRawText());
            Assert.Equal(
                received.RootElement.GetProperty("payload").GetProperty("data").GetRawText(), rendered.RootElement.GetProperty("data").GetRawText());
        }
    }

    [Theory]
    [InlineData("{{ event }}")]
    [InlineData("{{ event | json }}")]
    public void Pretty_printed_event_goes_out_on_one_line(string template) =>
        Assert.Equal("""{"a":[1,"x\n \"y"],"b":2.50}""", Rendering.Render(template, "{\n  \"a\": [ 1,\r\n \"x\\n \\\"y\" ],\n\t\"b\": 2.50\n}"));

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/problem+json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/x-ndjson")]
    public void Forgotten_escape_is_an_error_with_its_place_in_the_output(string contentType)
    {
        string secret = new('s', 500);
        IEventFormatter template = TemplateCompiler.CompileEvent("""{"user":"{{ event.user }}","s":"{{ event.secret }}"}""", "t.sbn", contentType);
        Assert.StartsWith("{\"user\":\"ann\"", template.Render(Rendering.Event("""{"user":"ann"}""")), StringComparison.Ordinal);
        var output = new ArrayBufferWriter<byte>();

        var exception = Assert.Throws<FormatException>(() => template.Format(
            Rendering.Event($$"""{"user":"x\" oops","secret":"{{secret}}"}"""), output));

        Assert.StartsWith("t.sbn: what it rendered is not valid JSON at line 1, byte 13 of the output, near `", exception.Message, StringComparison.Ordinal);
        Assert.Contains("oops", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Message.Length, 50, 220);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Place_in_a_later_line_of_the_output_is_counted()
    {
        var json = Assert.Throws<FormatException>(() => Rendering.Render("{\n\"a\":\n {{ event.x }}}", """{"x":"oops"}""", Rendering.Json));
        var lines = Assert.Throws<FormatException>(() => Rendering.Render("{}\n\n{{ event.x }}\n", """{"x":"oops"}""", "application/x-ndjson"));

        Assert.Contains("line 3, byte 2", json.Message, StringComparison.Ordinal);
        Assert.Contains("line 3, byte 1", lines.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n  {{ event.user | array.add_range 5 }}", "t.sbn:2:")]
    [InlineData("{{ 1 // 0 }}", "t.sbn:1:6: ")]
    [InlineData("{{ event.user.x.y() }}", "t.sbn:1:4: ")]
    [InlineData("{{ event.user * 'a' }}", "t.sbn:1:4: ")]
    public void Failure_while_rendering_names_its_place(string template, string place)
    {
        var exception = Assert.Throws<FormatException>(() => Rendering.Render(template, """{"user":"ann"}"""));
        Assert.StartsWith(place, exception.Message, StringComparison.Ordinal);
    }
}
