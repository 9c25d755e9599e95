using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What goes over the wire.</summary>
public sealed class NewRelicRequestTests : IDisposable
{
    private readonly TestPluginContext _context = Context();

    [Fact]
    public async Task Logs_are_one_block_with_what_is_common_before_them()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","common_attributes":{"environment":"test"}""");

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1), """{"event_id":"e-2","event_type":"X","timestamp":"2026-11-23T20:00:00Z"}"""]), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        FakeRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/log/v1"), (request.Method, request.Path));
        Assert.Equal(NewRelicServer.LicenseKey, request.Header("Api-Key"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        string first = JsonSerializer.Serialize(SecurityEvent(1)).Replace("\\u0022", "\\\"", StringComparison.Ordinal)[1..];
        Assert.Equal(
            $$$"""
            [{"common":{"attributes":{"service.name":"audit","environment":"test"}},"logs":[{"timestamp":1795463970123,"message":"SecurityEvent (High) by al\"ice on app01\u000a{{{first}}},"attributes":{"level":"error","event.severity":"High","event.id":"e-1","event.type":"SecurityEvent","event.time":"2026-11-23T19:59:30.123456789Z","event.source":"core::security","user.name":"al\"ice","host.name":"app01","audit.operation_id":"op","audit.classification":"PHI","audit.compliance_profiles":"HIPAA,SOX"}},{"timestamp":1795464000000,"message":"X (Info)\u000a{\"event_id\":\"e-2\",\"event_type\":\"X\",\"timestamp\":\"2026-11-23T20:00:00Z\"}","attributes":{"level":"info","event.severity":"Info","event.id":"e-2","event.type":"X","event.time":"2026-11-23T20:00:00Z"}}]}]
            """,
            request.Text);
    }

    [Fact]
    public async Task Metrics_count_by_minute_and_are_the_last()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "metrics logs");

        DeliveryResult result = await connector.SendAsync(Batch(3), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        Assert.Equal(["/log/v1", "/metric/v1"], server.Requests.Select(request => request.Path));
        Assert.Equal(
            """
            [{"common":{"interval.ms":60000,"attributes":{"service.name":"audit"}},"metrics":[{"name":"copybook.audit.events","type":"count","timestamp":1795463940000,"attributes":{"event_type":"SecurityEvent","severity":"High"},"value":3},{"name":"copybook.audit.compliance_events","type":"count","timestamp":1795463940000,"attributes":{"profile":"HIPAA","classification":"PHI"},"value":3},{"name":"copybook.audit.compliance_events","type":"count","timestamp":1795463940000,"attributes":{"profile":"SOX","classification":"PHI"},"value":3},{"name":"copybook.audit.security_events","type":"count","timestamp":1795463940000,"attributes":{"security_event_type":"DataBreach","classification":"PHI"},"value":3}]}]
            """,
            server.Requests[1].Text);
    }

    [Fact]
    public async Task Custom_events_are_flat_and_have_texts_and_numbers_alone()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "events");

        DeliveryResult result = await connector.SendAsync(Batch(1), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        FakeRequest request = Assert.Single(server.Requests);
        Assert.Equal($"/v1/accounts/{NewRelicServer.Account}/events", request.Path);
        Assert.Equal(
            """
            [{"eventType":"AuditEvent","timestamp":1795463970123,"service.name":"audit","event.severity":"High","event.id":"e-1","event.type":"SecurityEvent","event.time":"2026-11-23T19:59:30.123456789Z","event.source":"core::security","user.name":"al\"ice","host.name":"app01","audit.operation_id":"op","audit.classification":"PHI","audit.compliance_profiles":"HIPAA,SOX","event_id":"e-1","audit.timestamp":"2026-11-23T19:59:30.123456789Z","event_type":"SecurityEvent","source":"core::security","severity":"High","context.user":"al\"ice","context.operation_id":"op","context.environment.hostname":"app01","context.security.classification":"PHI","context.compliance_profiles":"HIPAA,SOX","payload.data.security_event_type":"DataBreach","payload.data.ok":"true","payload.data.level":3}]
            """,
            request.Text);
    }

    [Fact]
    public async Task Spans_of_one_operation_are_one_trace()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "traces", ""","common_attributes":{"environment":"test"}""");
        string[] events =
        [
            $$$$"""{"event_id":"a","timestamp":"{{{{Now}}}}","event_type":"DataTransformation","context":{"operation_id":"op","started_at":"2026-11-23T19:00:00Z"},"payload":{"data":{"processing_duration_ms":1500,"transformation_result":"Failed"}}}""",
            $$$$"""{"event_id":"b","timestamp":"{{{{Now}}}}","event_type":"CopybookParse","context":{"operation_id":"op","started_at":"2026-11-23T19:00:00Z"},"payload":{"data":{"parse_result":"Success"}}}""",
            $$$"""{"event_id":"c","timestamp":"{{{Now}}}","event_type":"X","context":{"operation_id":"op","started_at":"2026-11-23T19:30:00Z"}}""",
            $$$"""{"event_id":"d","timestamp":"{{{Now}}}"}""",
        ];

        DeliveryResult result = await connector.SendAsync(BatchOf(events), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        Assert.Equal("application/x-protobuf", Assert.Single(server.Requests).Header("Content-Type"));
        Assert.Equal(["DataTransformation", "CopybookParse", "X", "AuditEvent"], server.Spans.Select(span => span.Name));
        Assert.Equal(3, server.Spans.Select(span => span.TraceId).Distinct().Count());
        Assert.Equal(server.Spans[0].TraceId, server.Spans[1].TraceId);
        Assert.Equal(4, server.Spans.Select(span => span.Id).Distinct().Count());
        Assert.Equal([2, 1, 0, 0], server.Spans.Select(span => span.Status));
        Assert.Equal(1_500_000_000ul, server.Spans[0].End - server.Spans[0].Start);
        Assert.Equal(1_795_463_970_123_456_700ul, server.Spans[0].End);
        Assert.Equal(("audit", "test", "a"), (server.Spans[0].Attributes["service.name"], server.Spans[0].Attributes["environment"], server.Spans[0].Attributes["event.id"]));
    }

    [Fact]
    public async Task A_message_can_be_the_event_alone_which_new_relic_reads()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","log_message":"event" """);

        await connector.SendAsync(Batch(1), Cancellation);

        StoredLog log = Assert.Single(server.Logs);
        Assert.Equal(SecurityEvent(1), log.Message);
        Assert.Equal("DataBreach", log.Text("payload.data.security_event_type"));
    }

    [Fact]
    public async Task A_message_with_a_summary_is_no_json_so_that_nothing_in_it_goes_before_the_logs_own()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs");

        await connector.SendAsync(Batch(1), Cancellation);

        StoredLog log = Assert.Single(server.Logs);
        Assert.Equal(NowMilliseconds, log.Timestamp);
        Assert.Null(log.Text("event_id"));
    }

    [Fact]
    public async Task Logs_can_have_every_field()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs", ""","log_attributes":"all","attributes":{"session.id":"payload.data.level"}""");

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Empty(server.Violations);
        StoredLog log = Assert.Single(server.Logs);
        Assert.Equal(("3", "app01", "true"), (log.Text("session.id"), log.Text("context.environment.hostname"), log.Text("payload.data.ok")));
    }

    [Fact]
    public async Task What_is_no_json_goes_as_one_text()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "events");

        await connector.SendAsync(BatchOf([SecurityEvent(1)], contentType: "text/plain"), Cancellation);

        Assert.Empty(server.Violations);
        JsonElement taken = Assert.Single(server.Events);
        Assert.Equal(SecurityEvent(1), taken.GetProperty("event.text").GetString());
        Assert.False(taken.TryGetProperty("event_id", out _));
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_told_otherwise()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs events traces metrics", ""","compression":"gzip" """);

        DeliveryResult result = await connector.SendAsync(Batch(100), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(server.Violations);
        Assert.Equal((100, 100, 100), (server.Logs.Count, server.Events.Count, server.Spans.Count));
        Assert.All(server.Requests, request => Assert.Equal("gzip", request.Header("Content-Encoding")));
        Assert.All(server.Requests.Take(2), request => Assert.True(request.Raw.Length < request.Body.Length / 5));
        Assert.Equal(["/log/v1", $"/v1/accounts/{NewRelicServer.Account}/events", "/v1/traces", "/metric/v1"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task Each_kind_can_have_an_address_of_its_own()
    {
        await using NewRelicServer logs = await StartAsync();
        await using NewRelicServer rest = await StartAsync();
        await using IConnector connector = Create(_context, rest.Address, "logs metrics", $",\"log_endpoint\":[\"{logs.Address}\"]");

        Assert.True((await connector.SendAsync(Batch(1), Cancellation)).IsDelivered);

        Assert.Equal("/log/v1", Assert.Single(logs.Requests).Path);
        Assert.Equal("/metric/v1", Assert.Single(rest.Requests).Path);
    }

    [Fact]
    public async Task A_probe_sends_no_data()
    {
        await using NewRelicServer server = await StartAsync();
        await using IConnector connector = Create(_context, server.Address, "logs events traces metrics");

        await connector.ProbeAsync(Cancellation);

        Assert.Equal(["/log/v1", "/v1/accounts/1234567/events", "/v1/traces", "/metric/v1"], server.Requests.Select(request => request.Path));
        Assert.Equal(["[]", "[]", "", "[]"], server.Requests.Select(request => request.Text));
        Assert.Empty(server.IntegrationErrors);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(401)]
    [InlineData(503)]
    [InlineData(302)]
    public async Task A_probe_fails_where_the_sender_is_refused_or_nobody_is_there(int status)
    {
        await using NewRelicServer server = await StartAsync();
        server.InterceptNext(_ => null);
        server.FailNext(NewRelicReply.Failure(status));
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains($"HTTP {status}", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();
}
