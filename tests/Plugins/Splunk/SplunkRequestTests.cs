using System.Text.Json;
using AuditHost.Fakes;
using AuditHost.Fakes.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.Splunk.SplunkTests;

namespace AuditHost.Plugins.Tests.Splunk;

/// <summary>What goes over the wire.</summary>
public sealed class SplunkRequestTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    [Fact]
    public async Task A_batch_is_one_request_of_objects_one_after_the_other()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, ""","index":"audit","sourcetype":"copybook:audit","compression":"none" """, collector.Address);

        DeliveryResult result = await connector.SendAsync(Batch(2), Cancellation);

        Assert.True(result.IsDelivered, result.Reason);
        Assert.Empty(collector.Violations);
        FakeRequest request = Assert.Single(collector.Requests);
        Assert.Equal("/services/collector/event", request.Path);
        Assert.Equal($"Splunk {SplunkCollector.Token}", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal(
            """
            {"time":1795464000.123456,"host":"app01","source":"copybook-core::security","sourcetype":"copybook:audit","index":"audit","event":{"audit_event_id":"e-0"}}
            {"time":1795464000.123456,"host":"app01","source":"copybook-core::security","sourcetype":"copybook:audit","index":"audit","event":{"audit_event_id":"e-1"}}

            """,
            request.Text);
    }

    [Fact]
    public async Task What_the_settings_do_not_say_is_left_to_the_token()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        await connector.SendAsync(Batch(1), Cancellation);

        HecEvent taken = Assert.Single(collector.Events);
        Assert.Null(taken.Text("index"));
        Assert.Null(taken.Text("sourcetype"));
    }

    [Fact]
    public async Task Set_metadata_win_over_the_events_own()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, ""","host":"relay","source":"audithost" """, collector.Address);

        await connector.SendAsync(Batch(1), Cancellation);

        HecEvent taken = Assert.Single(collector.Events);
        Assert.Equal(("relay", "audithost"), (taken.Text("host"), taken.Text("source")));
    }

    [Fact]
    public async Task Indexed_fields_are_flat_whatever_the_event_has_there()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(
            _context, ""","indexed_fields":{"event_id":"event_id","user":"context.user","env":"context.environment","none":"context.nothing"}""", collector.Address);

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Empty(collector.Violations);
        JsonElement fields = Assert.Single(collector.Events).Json.GetProperty("fields");
        Assert.Equal("e-0", fields.GetProperty("event_id").GetString());
        Assert.Equal("al\"ice", fields.GetProperty("user").GetString());
        Assert.Equal("""{"hostname":"app01"}""", fields.GetProperty("env").GetString());
        Assert.False(fields.TryGetProperty("none", out _));
    }

    [Fact]
    public async Task Text_that_is_no_json_goes_as_a_string()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        await connector.SendAsync(Batch(1, "text/plain"), Cancellation);

        Assert.Equal("""{"audit_event_id":"e-0"}""", Assert.Single(collector.Events).Event.GetString());
    }

    [Fact]
    public async Task Bodies_are_compressed_unless_told_otherwise()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        await connector.SendAsync(Batch(100), Cancellation);

        FakeRequest request = Assert.Single(collector.Requests);
        Assert.Equal("gzip", request.Header("Content-Encoding"));
        Assert.True(request.Raw.Length < request.Body.Length / 5);
        Assert.Equal(100, collector.EventCount);
    }

    [Theory]
    [InlineData("/", "/services/collector/event")]
    [InlineData("/services/collector", "/services/collector/event")]
    [InlineData("/services/collector/event", "/services/collector/event")]
    public async Task The_path_is_completed(string path, string expected)
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: new Uri(collector.Address, path));

        await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(expected, Assert.Single(collector.Requests).Path);
    }

    [Fact]
    public async Task A_probe_asks_for_the_health_and_leaves_nothing()
    {
        await using SplunkCollector collector = await StartAsync();
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        await connector.ProbeAsync(Cancellation);

        Assert.Equal("/services/collector/health", Assert.Single(collector.Requests).Path);
        Assert.Equal(0, collector.EventCount);
    }

    [Theory]
    [InlineData(503, 18, "queues are full")]
    [InlineData(400, 21, "hec_token")]
    public async Task A_probe_says_what_is_wrong(int status, int code, string expected)
    {
        await using SplunkCollector collector = await StartAsync();
        collector.FailNext(HecReply.Of(status, code, "wrong"));
        await using IConnector connector = Create(_context, endpoints: collector.Address);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancellation));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _context.Dispose();
}
