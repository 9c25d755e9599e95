using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.Loki;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Loki.LokiTests;

namespace AuditHost.Plugins.Tests.Loki;

/// <summary>What goes over the wire.</summary>
public sealed class LokiRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_batch_is_one_push_with_a_stream_for_each_set_of_labels()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context, ""","compression":"none","labels":{"app":"audit","env":"prod"}""");

        DeliveryResult result = await connector.SendAsync(
            Batch(Event("e-1"), Event("e-2", type: "AccessEvent"), Event("e-3", timestamp: "2026-11-23T19:59:01Z")), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(loki.Violations);
        FakeRequest request = Assert.Single(loki.Requests);
        Assert.Equal("/loki/api/v1/push", request.Path);
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(string.Empty, request.Header("X-Scope-OrgID"));
        Assert.Equal(
            """{"streams":[{"stream":{"app":"audit","env":"prod","event_type":"SecurityEvent","severity":"High"},"values":["""
            + """["1795463940123456789","{\"event_id\":\"e-1\",\"timestamp\":\"2026-11-23T19:59:00.123456789Z\",\"event_type\":\"SecurityEvent\",\"severity\":\"High\"}",{"event_id":"e-1"}],"""
            + """["1795463941000000000","{\"event_id\":\"e-3\",\"timestamp\":\"2026-11-23T19:59:01Z\",\"event_type\":\"SecurityEvent\",\"severity\":\"High\"}",{"event_id":"e-3"}]]},"""
            + """{"stream":{"app":"audit","env":"prod","event_type":"AccessEvent","severity":"High"},"values":["""
            + """["1795463940123456789","{\"event_id\":\"e-2\",\"timestamp\":\"2026-11-23T19:59:00.123456789Z\",\"event_type\":\"AccessEvent\",\"severity\":\"High\"}",{"event_id":"e-2"}]]}]}""",
            request.Text);
    }

    [Fact]
    public async Task Lines_of_many_streams_stay_in_order_within_each()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);
        string[] types = [.. Enumerable.Range(0, 40).Select(number => $"Type{number}")];

        await connector.SendAsync(Batch(Enumerable.Range(0, 400).Select(number => Event($"e-{number:D3}", type: types[number * 7 % types.Length]))), Cancellation);

        Assert.Empty(loki.Violations);
        Assert.Equal(400, loki.LineCount);
        Assert.Equal(types.Length, loki.Streams.Count);
        Assert.All(loki.Lines.GroupBy(line => line.Labels), stream => Assert.Equal(stream.Select(IdOf).Order(), stream.Select(IdOf)));
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_told_otherwise()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);

        await connector.SendAsync(Batch(Enumerable.Range(0, 100).Select(number => Event($"e-{number}"))), Cancellation);

        FakeRequest request = Assert.Single(loki.Requests);
        Assert.Equal("gzip", request.Header("Content-Encoding"));
        Assert.True(request.Raw.Length < request.Body.Length / 5);
        Assert.Equal(100, loki.LineCount);
    }

    [Fact]
    public async Task The_tenant_goes_along_also_when_a_probe_asks()
    {
        await using FakeLoki loki = await StartAsync();
        loki.Tenants = new HashSet<string> { "audit" };
        await using IConnector connector = Connect(loki, _context, ""","tenant":"audit" """);

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-1")), Cancellation);
        await connector.ProbeAsync(Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.All(loki.Requests, request => Assert.Equal("audit", request.Header("X-Scope-OrgID")));
    }

    [Theory]
    [InlineData("2026-11-23T19:59:00Z", "1795463940000000000")]
    [InlineData("2026-11-23T19:59:00.1Z", "1795463940100000000")]
    [InlineData("2026-11-23T19:59:00.1234567Z", "1795463940123456700")]
    [InlineData("2026-11-23T19:59:00.12345678Z", "1795463940123456780")]
    [InlineData("2026-11-23T19:59:00.123456789+00:00", "1795463940123456789")]
    [InlineData("2026-11-23T19:59:00.123456789123Z", "1795463940123456789")]
    [InlineData("1969-12-31T23:59:59.5Z", "-500000000")]
    [InlineData("9999-12-31T23:59:59Z", "9223372036854775700")]
    [InlineData("yesterday", "1795463940000000000")]
    public async Task Times_are_nanoseconds_as_text(string timestamp, string expected)
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);

        await connector.SendAsync(Batch(Event("e-1", timestamp)), Cancellation);

        using JsonDocument push = JsonDocument.Parse(Assert.Single(loki.Requests).Body);
        Assert.Equal(expected, push.RootElement.GetProperty("streams")[0].GetProperty("values")[0][0].GetString());
    }

    [Fact]
    public async Task The_time_of_receipt_serves_where_events_come_late()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context, ""","timestamp":"received" """);

        DeliveryResult result = await connector.SendAsync(Batch(Event("e-1"), Event("e-2", timestamp: "2025-01-01T00:00:00.000000012Z")), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.All(loki.Lines, line => Assert.Equal(1_795_463_940_000_000_000, line.Nanoseconds));
    }

    [Fact]
    public async Task The_same_text_is_the_same_stream_however_it_is_written()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);

        await connector.SendAsync(Batch(Event("e-1", type: "Acc\\u0065ss \\\"x\\\""), Event("e-2", type: "Access \\\"x\\\"")), Cancellation);

        Assert.Empty(loki.Violations);
        Assert.Equal("""{event_type="Access \"x\"", job="audithost", severity="High"}""", Assert.Single(loki.Streams));
    }

    [Fact]
    public async Task A_label_from_an_event_has_a_bound_and_one_that_is_missing_is_left_out()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context, ""","label_fields":["event_type","classification"],"structured_metadata":[]""");

        await connector.SendAsync(Batch(Event("e-1", type: new string('ü', 300))), Cancellation);

        Assert.Empty(loki.Violations);
        LokiLine line = Assert.Single(loki.Lines);
        Assert.Equal($$"""{event_type="{{new string('ü', 64)}}", job="audithost"}""", line.Labels);
        Assert.Empty(line.Metadata);
    }

    [Fact]
    public async Task Metadata_are_text_and_none_of_them_is_a_label_too()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context, ""","label_fields":["event_type","severity","host"]""");

        await connector.SendAsync(
            Batch(Event("e-\\u0031", further: $$""","context":{"user":"{{new string('u', 2000)}}","operation_id":"op\"1","environment":{"hostname":"h"} }""".Replace("op\"", "op\\\"", StringComparison.Ordinal))), Cancellation);

        Assert.Empty(loki.Violations);
        IReadOnlyDictionary<string, string> metadata = Assert.Single(loki.Lines).Metadata;
        Assert.Equal(["event_id", "operation_id", "user"], metadata.Keys.Order());
        Assert.Equal(("e-1", "op\"1", 1024), (metadata["event_id"], metadata["operation_id"], metadata["user"].Length));
    }

    [Theory]
    [InlineData("/", "/loki/api/v1/push")]
    [InlineData("/loki/api/v1/push", "/loki/api/v1/push")]
    [InlineData("/behind/a/proxy/", "/behind/a/proxy/loki/api/v1/push")]
    public async Task The_path_is_completed(string path, string expected)
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Create($$"""{"endpoint":"{{new Uri(loki.Address, path)}}"}""", _context);

        await connector.SendAsync(Batch(Event("e-1")), Cancellation);

        Assert.Equal(expected, Assert.Single(loki.Requests).Path);
    }

    [Fact]
    public async Task Another_endpoint_takes_what_the_first_cannot()
    {
        await using FakeLoki broken = await StartAsync();
        await using FakeLoki loki = await StartAsync();
        broken.FailNext(new FakeAnswer(503));
        await using IConnector connector = Create($$"""{"endpoint":["{{broken.Address}}","{{loki.Address}}"]}""", _context);

        DeliveryResult first = await connector.SendAsync(Batch(Event("e-1")), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch(Event("e-1")), Cancellation);

        Assert.Equal(FailureKind.Transient, first.Kind);
        Assert.True(second.IsDelivered, second.Reason);
        Assert.Equal(1, loki.LineCount);
    }

    [Fact]
    public async Task A_probe_asks_whether_Loki_is_ready_and_leaves_nothing()
    {
        await using FakeLoki loki = await StartAsync();
        await using IConnector connector = Connect(loki, _context);

        await connector.ProbeAsync(Cancellation);
        loki.IsReady = false;
        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains("503", failure.Message, StringComparison.Ordinal);
        Assert.All(loki.Requests, request => Assert.Equal(("GET", "/ready"), (request.Method, request.Path)));
        Assert.Equal(0, loki.LineCount);
    }

    [Fact]
    public async Task A_gateway_that_hides_the_readiness_is_asked_for_the_push_itself()
    {
        await using FakeLoki loki = await StartAsync();
        loki.HidesReadiness = true;
        await using IConnector connector = Connect(loki, _context, ""","tenant":"audit" """);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal([("GET", "/ready"), ("OPTIONS", "/loki/api/v1/push")], loki.Requests.Select(request => (request.Method, request.Path)));
        Assert.All(loki.Requests, request => Assert.Equal("audit", request.Header("X-Scope-OrgID")));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    public async Task A_gateway_that_takes_no_push_either_is_no_reachable_Loki(int status)
    {
        await using FakeLoki loki = await StartAsync();
        loki.FailNext(new FakeAnswer(404));
        loki.FailNext(new FakeAnswer(status));
        await using IConnector connector = Connect(loki, _context);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Equal(status, (int)failure.StatusCode!);
    }

    public void Dispose() => _context.Dispose();

    private static string IdOf(LokiLine line) => line.Metadata["event_id"];
}
