using AuditHost.Connectors.Prometheus;
using AuditHost.Fakes;
using AuditHost.Fakes.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

public sealed class PushGatewayTests : PrometheusTest
{
    private const string Counted = """copybook_audit_events_total{event_type="CopybookParse",severity="Low"}""";

    private readonly PushGatewayServer _gateway = new();

    public override async ValueTask InitializeAsync() => await _gateway.StartAsync(Cancelled);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_is_delivered_when_the_gateway_has_it_in_the_group()
    {
        PrometheusConnector connector = CreateFor("""{"instance":"relay-1"}""");

        DeliveryResult result = await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Parse), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal("PUT", Assert.Single(_gateway.Requests).Method);
        Assert.Equal("/metrics/job/copybook-audit/instance/relay-1", _gateway.Requests[0].Path);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", _gateway.Requests[0].Header("Content-Type"));
        Assert.Equal("2", SeriesOf(_gateway.Groups["""{job="copybook-audit",instance="relay-1"}"""])[Counted]);
        Assert.Empty(_gateway.Violations);
    }

    [Theory]
    [InlineData("{}", "", "")]
    [InlineData("""{"site":"Zürich West","path":"/var/log"}""", "/site/Z%C3%BCrich%20West/path@base64/L3Zhci9sb2c", ",site=\"Zürich West\",path=\"/var/log\"")]
    [InlineData("""{"empty":"","plus":"a+b?c#d"}""", "/empty@base64/=/plus/a+b%3Fc%23d", ",empty=\"\",plus=\"a+b?c#d\"")]
    public async Task Grouping_keys_are_written_as_the_gateway_reads_them(string key, string path, string labels)
    {
        await CreateFor(key).SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        Assert.Equal("/metrics/job/copybook-audit" + path, Assert.Single(_gateway.Requests).Path);
        Assert.Equal([$$"""{job="copybook-audit"{{labels}}}"""], _gateway.Groups.Keys);
    }

    [Fact]
    public async Task Left_out_the_key_is_this_machines_name()
    {
        PrometheusConnector connector = Create($$$"""{"http_endpoint":{"enabled":false},"push_gateway":{"enabled":true,"endpoint":"{{{_gateway.Address}}}"}}""");

        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        Assert.Equal([$$"""{job="copybook-audit",instance="{{Environment.MachineName}}"}"""], _gateway.Groups.Keys);
    }

    [Fact]
    public async Task The_group_is_deleted_on_stop()
    {
        PrometheusConnector connector = CreateFor("{}");
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        await connector.DisposeAsync();

        Assert.Empty(_gateway.Groups);
        Assert.Equal("DELETE", _gateway.Requests[^1].Method);
    }

    [Fact]
    public async Task The_group_stays_where_that_is_asked_for()
    {
        PrometheusConnector connector = CreateFor("{}", ",\"delete_on_stop\":false");
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        await connector.DisposeAsync();

        Assert.Equal("1", SeriesOf(Assert.Single(_gateway.Groups).Value)[Counted]);
        Assert.Equal(["PUT", "PUT"], _gateway.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_connector_that_pushed_nothing_deletes_nothing()
    {
        PrometheusConnector connector = CreateFor("{}");
        await connector.StartAsync(Cancelled);

        await connector.DisposeAsync();

        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task A_test_leaves_the_group_of_a_running_site_as_it_is()
    {
        PrometheusConnector running = CreateFor("{}");
        await running.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);
        PrometheusConnector test = CreateFor("{}");
        await test.StartAsync(Cancelled);

        DeliveryResult result = await test.SendAsync(TestEventBatch(), Cancelled);
        await test.DisposeAsync();

        Assert.True(result.IsDelivered);
        Assert.Equal("1", SeriesOf(Assert.Single(_gateway.Groups).Value)[Counted]);
        Assert.Equal(["PUT", "GET"], _gateway.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task A_test_fails_where_the_gateway_does()
    {
        PrometheusConnector test = CreateFor("{}");
        _gateway.FailNext(new FakeAnswer(503));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await test.SendAsync(TestEventBatch(), Cancelled));
    }

    [Fact]
    public async Task A_gateway_that_is_away_at_the_stop_is_logged_and_no_more()
    {
        PrometheusConnector connector = CreateFor("{}");
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);
        await _gateway.DisposeAsync();

        await connector.DisposeAsync();

        Assert.Contains("was not told that the host stops", Assert.Single(Context.Warnings), StringComparison.Ordinal);
    }

    public static TheoryData<int, FailureKind> Refusals => [.. PushRefusals.All, (204, FailureKind.Misconfigured)];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task No_answer_costs_an_event_and_the_next_attempt_counts_nothing_twice(int status, FailureKind kind)
    {
        PrometheusConnector connector = CreateFor("{}");
        EventBatch batch = Batch(PrometheusEvents.Parse);
        _gateway.FailNext(new FakeAnswer(status, status == 204 ? string.Empty : "pushed metrics are invalid\n", "text/plain"));

        DeliveryResult refused = await connector.SendAsync(batch, Cancelled);
        DeliveryResult taken = await connector.SendAsync(batch, Cancelled);

        Assert.Equal(kind, refused.Kind);
        Assert.Equal(status, refused.Status);
        Assert.True(taken.IsDelivered);
        Assert.Equal("1", SeriesOf(Assert.Single(_gateway.Groups).Value)[Counted]);
    }

    [Fact]
    public async Task Accepted_without_a_check_is_taken_and_a_page_for_people_is_not()
    {
        PrometheusConnector connector = CreateFor("{}");
        _gateway.FailNext(new FakeAnswer(202));
        _gateway.InterceptNext(_ => new FakeAnswer(200, "<html>Welcome to the router</html>", "text/html"));

        Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).IsDelivered);
        Assert.Equal(FailureKind.Misconfigured, (await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).Kind);
    }

    [Fact]
    public async Task A_wish_to_wait_is_passed_on()
    {
        PrometheusConnector connector = CreateFor("{}");
        _gateway.FailNext(new FakeAnswer(503).With("Retry-After", "7"));

        DeliveryResult result = await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        Assert.Equal((FailureKind.Throttled, TimeSpan.FromSeconds(7)), (result.Kind, result.RetryAfter));
    }

    [Fact]
    public async Task A_small_batch_waits_for_its_turn_and_a_large_one_does_not()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        PrometheusConnector connector = CreateFor("{}", "", "10", context);
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        await connector.SendAsync(Batch([.. Enumerable.Repeat(PrometheusEvents.Parse, 1000)]), Cancelled);
        Task<DeliveryResult> small = connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled).AsTask();

        Assert.False(small.IsCompleted);
        Assert.Equal(2, _gateway.RequestCount);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await small).IsDelivered);
        Assert.Equal("1002", SeriesOf(Assert.Single(_gateway.Groups).Value)[Counted]);
    }

    [Fact]
    public async Task A_stop_ends_the_wait()
    {
        PrometheusConnector connector = CreateFor("{}", "", "10");
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);
        using var stop = new CancellationTokenSource();
        Task<DeliveryResult> waiting = connector.SendAsync(Batch(PrometheusEvents.Parse), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_probe_asks_for_the_gateways_health_alone()
    {
        PrometheusConnector connector = CreateFor("{}");

        await connector.ProbeAsync(Cancelled);
        _gateway.FailNext(new FakeAnswer(503));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await connector.ProbeAsync(Cancelled));
        Assert.All(_gateway.Requests, request => Assert.Equal(("GET", "/-/healthy"), (request.Method, request.Path)));
    }

    [Theory]
    [InlineData("PUT", "/metrics/job/a", "text/plain; version=0.0.4", "a 1", 400)]
    [InlineData("PUT", "/metrics/job/a", "text/plain; version=0.0.4", "a{b=\"c\"} 1 1774939932118\n", 400)]
    [InlineData("PUT", "/metrics/instance/a", "text/plain; version=0.0.4", "a 1\n", 404)]
    [InlineData("PUT", "/metrics/job/a/instance", "text/plain; version=0.0.4", "a 1\n", 404)]
    [InlineData("PUT", "/metrics/job/a", "application/json", "{}\n", 400)]
    public async Task The_fake_refuses_what_a_gateway_refuses(string method, string path, string type, string body, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_gateway.Address, path)) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        using HttpResponseMessage response = await Context.Http.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Single(_gateway.Violations);
    }

    private PrometheusConnector CreateFor(string key, string more = "", string interval = "0", PluginContext? context = null) => Create(
        $$$"""{"http_endpoint":{"enabled":false},"push_interval_seconds":{{{interval}}},"push_gateway":{"enabled":true,"endpoint":"{{{_gateway.Address}}}","grouping_key":{{{key}}}{{{more}}}}}""",
        context);
}
