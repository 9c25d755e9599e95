using System.Text.Json.Nodes;
using AuditHost.Fakes;
using AuditHost.Fakes.OpenTelemetry;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Otlp.OtlpTests;

namespace AuditHost.Plugins.Tests.Otlp;

/// <summary>What goes over the wire.</summary>
public sealed class OtlpRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_record_has_what_the_event_says(string encoding)
    {
        OtlpRecord record = await RecordOf(encoding, Batch(1));

        Assert.Equal((1795464000123456789ul, 1795464001250000000ul), (record.Time, record.ObservedTime));
        Assert.Equal((17, "High", "SecurityEvent", "audithost"), (record.SeverityNumber, record.SeverityText, record.EventName, record.Scope));
        Assert.Equal(Event.Replace('%', '0'), record.Body!.GetValue<string>());
        AssertSame(
            """
            {"event.id":"e-0","event.type":"SecurityEvent","event.source":"copybook-core::security","user.name":"al\"ice €","host.name":"app01",
             "audit.operation_id":"op-1","audit.classification":"PHI","audit.compliance_profiles":["SOX","HIPAA"]}
            """,
            new JsonObject(record.Attributes));
        AssertSame("""{"host.name":"relay-1","service.name":"audithost"}""", new JsonObject(record.Resource));
    }

    [Fact]
    public async Task In_json_a_request_looks_as_the_protocol_shows_it()
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, ""","encoding":"json","compression":"none" """, receiver.Address);

        await connector.SendAsync(BatchOf("""{"event_id":"e-1","timestamp":"2026-11-23T20:00:00Z","event_type":"login"}"""), Cancellation);

        FakeRequest request = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/v1/logs", "application/json"), (request.Method, request.Path, request.Header("Content-Type")));
        Assert.Equal(
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"relay-1"}},{"key":"service.name","value":{"stringValue":"audithost"}}]},
            "scopeLogs":[{"scope":{"name":"audithost"},"logRecords":[{"timeUnixNano":"1795464000000000000","observedTimeUnixNano":"1795464001250000000","severityNumber":9,"severityText":"Info",
            "eventName":"login","body":{"stringValue":"{\"event_id\":\"e-1\",\"timestamp\":\"2026-11-23T20:00:00Z\",\"event_type\":\"login\"}"},
            "attributes":[{"key":"event.id","value":{"stringValue":"e-1"}},{"key":"event.type","value":{"stringValue":"login"}}]}]}]}]}
            """.ReplaceLineEndings(string.Empty),
            request.Text);
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_batch_is_one_request_in_its_order(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}" """, receiver.Address);

        DeliveryResult result = await connector.SendAsync(Batch(300), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(receiver.Violations);
        FakeRequest request = Assert.Single(receiver.Requests);
        Assert.Equal((ContentTypeOf(encoding), "gzip"), (request.Header("Content-Type"), request.Header("Content-Encoding")));
        Assert.True(request.Raw.Length < request.Body.Length / 5);
        Assert.Equal(Enumerable.Range(0, 300).Select(index => $"e-{index}"), receiver.Records.Select(record => record.Text("event.id")));
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_body_can_be_a_map(string encoding)
    {
        OtlpRecord record = await RecordOf(encoding, Batch(1), ""","body":"map" """);

        AssertSame(Event.Replace('%', '0'), record.Body);
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Numbers_that_otlp_does_not_have_are_text(string encoding)
    {
        OtlpRecord record = await RecordOf(
            encoding, BatchOf("""{"event_id":"e","a":9223372036854775807,"b":-9223372036854775808,"c":9223372036854775808,"d":1e400,"e":0.1,"f":[1,"1"],"g":"","h":{} }"""), ""","body":"map" """);

        AssertSame("""{"event_id":"e","a":9223372036854775807,"b":-9223372036854775808,"c":"9223372036854775808","d":"1e400","e":0.1,"f":[1,"1"],"g":"","h":{} }""", record.Body);
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Lengths_of_any_width_stand_before_what_they_measure(string encoding)
    {
        string[] events = [.. new[] { 0, 1, 90, 127, 128, 16_000, 16_384, 70_000 }.Select(length => $$$"""{"event_id":"e","outer":{"inner":{"text":"{{{new string('x', length)}}}"}},"list":["{{{new string('y', length)}}}"]}""")];
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}","body":"map","attributes":{"outer":"outer"}""", receiver.Address);

        await connector.SendAsync(BatchOf(events), Cancellation);

        Assert.Empty(receiver.Violations);
        Assert.Equal(events.Length, receiver.RecordCount);
        for (int index = 0; index < events.Length; index++)
        {
            AssertSame(events[index], receiver.Records[index].Body);
            AssertSame(JsonNode.Parse(events[index])!["outer"]!.ToJsonString(), receiver.Records[index].Attributes["outer"]);
        }
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task What_lies_deeper_than_receivers_read_is_text(string encoding)
    {
        string deep = string.Concat(Enumerable.Repeat("""{"d":""", 28)) + "1" + new string('}', 28);
        OtlpRecord record = await RecordOf(encoding, BatchOf($$"""{"event_id":"e","deep":{{deep}}}"""), ""","body":"map" """);

        JsonNode? found = record.Body;
        int levels = 0;
        while (found is JsonObject map)
        {
            found = map[levels++ == 0 ? "deep" : "d"];
        }

        Assert.Equal(16, levels);
        Assert.Equal(deep[(5 * 15)..^15], found!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Text_that_is_no_json_is_a_string_in_any_case(string encoding)
    {
        OtlpRecord record = await RecordOf(encoding, TextBatch("CEF:0|a\\b \"c\"\n€"), ""","body":"map" """);

        Assert.Equal("CEF:0|a\\b \"c\"\n€", record.Body!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task Attributes_and_resource_follow_the_settings(string encoding)
    {
        OtlpRecord record = await RecordOf(
            encoding,
            Batch(1),
            ""","service_name":"payroll","scope_name":"audit","resource":{"deployment.environment.name":"prod"},"attributes":{"user.name":"context.environment.hostname","process.pid":"context.environment.process_id","denied":"payload.data.denied","score":"payload.data.score","nothing":"payload.data.by","none":"no.such"}""");

        Assert.Equal("audit", record.Scope);
        AssertSame("""{"deployment.environment.name":"prod","host.name":"relay-1","service.name":"payroll"}""", new JsonObject(record.Resource));
        AssertSame(
            """
            {"event.id":"e-0","event.type":"SecurityEvent","event.source":"copybook-core::security","host.name":"app01","audit.operation_id":"op-1",
             "audit.classification":"PHI","audit.compliance_profiles":["SOX","HIPAA"],"user.name":"app01","process.pid":4711,"denied":true,"score":-1.5}
            """,
            new JsonObject(record.Attributes));
    }

    [Theory]
    [InlineData("Info", 9)]
    [InlineData("Low", 10)]
    [InlineData("Medium", 13)]
    [InlineData("High", 17)]
    [InlineData("Critical", 21)]
    public async Task Severities_have_ranges_of_their_own(string severity, int number)
    {
        OtlpRecord record = await RecordOf("protobuf", BatchOf($$"""{"event_id":"e","severity":"{{severity}}"}"""));

        Assert.Equal((number, severity), (record.SeverityNumber, record.SeverityText));
    }

    [Theory]
    [InlineData("\"2026-11-23T20:00:00.1Z\"", 1795464000100000000)]
    [InlineData("\"2026-11-23T20:00:00.123456789+00:00\"", 1795464000123456789)]
    [InlineData("\"2026-11-23T20:00:00.12345678Z\"", 1795464000123456780)]
    [InlineData("\"2026-11-23T20:00:00,123456789Z\"", 1795464000123456789)]
    [InlineData("1795464000123", 1795464000123000000)]
    [InlineData("\"1969-12-31T23:59:59Z\"", 0)]
    [InlineData("\"9999-12-31T23:59:59Z\"", 0)]
    public async Task Times_are_to_the_nanosecond_and_unknown_beyond_their_range(string timestamp, ulong expected)
    {
        foreach (string encoding in new[] { "protobuf", "json" })
            Assert.Equal(expected, (await RecordOf(encoding, BatchOf($$"""{"event_id":"e","timestamp":{{timestamp}}}"""))).Time);
    }

    [Theory]
    [InlineData("/", "/v1/logs")]
    [InlineData("/v1/logs", "/v1/logs")]
    [InlineData("/otlp/v1/logs", "/otlp/v1/logs")]
    public async Task The_path_is_completed_where_there_is_none(string path, string expected)
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: new Uri(receiver.Address, path));

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, Assert.Single(receiver.Requests).Path);
    }

    [Fact]
    public async Task Headers_go_along()
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, ""","headers":{"X-Scope-OrgID":"tenant-1"}""", receiver.Address);

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal("tenant-1", Assert.Single(receiver.Requests).Header("X-Scope-OrgID"));
    }

    [Theory]
    [MemberData(nameof(Encodings), MemberType = typeof(OtlpTests))]
    public async Task A_probe_is_a_request_without_records(string encoding)
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}" """, receiver.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Empty(receiver.Violations);
        Assert.Equal(encoding == "json" ? "{}" : "", Assert.Single(receiver.Requests).Text);
        Assert.Equal(0, receiver.RecordCount);
    }

    [Theory]
    [InlineData(401, "", "authentication")]
    [InlineData(404, "", "path")]
    [InlineData(503, "", "503")]
    [InlineData(200, "<html>hello</html>", "OTLP receiver")]
    public async Task A_probe_says_what_is_wrong(int status, string body, string expected)
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.FailNext(new FakeAnswer(status, body, "text/html"));
        await using IConnector connector = Create(_context, endpoints: receiver.Address);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_wants_records_is_there_all_the_same()
    {
        await using OtlpReceiver receiver = await StartAsync();
        receiver.FailNext(OtlpReply.Failure(OtlpReply.Protobuf, 400, "no records"));
        await using IConnector connector = Create(_context, endpoints: receiver.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal(1, receiver.RequestCount);
    }

    public void Dispose() => _context.Dispose();

    private async Task<OtlpRecord> RecordOf(string encoding, EventBatch batch, string further = "")
    {
        await using OtlpReceiver receiver = await StartAsync();
        await using IConnector connector = Create(_context, $$""","encoding":"{{encoding}}"{{further}}""", receiver.Address);
        DeliveryResult result = await connector.SendAsync(batch, Cancellation);
        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(receiver.Violations);
        return Assert.Single(receiver.Records);
    }

    private static void AssertSame(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual!.ToJsonString())), actual.ToJsonString());
}
