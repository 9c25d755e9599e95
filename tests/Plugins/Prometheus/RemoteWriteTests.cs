using AuditHost.Connectors.Prometheus;
using AuditHost.Fakes;
using AuditHost.Fakes.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Prometheus;

public sealed class RemoteWriteTests : PrometheusTest
{
    private const string Counted = """copybook_audit_events_total{event_type="CopybookParse",instance="relay-1",job="audit",severity="Low"}""";

    private readonly RemoteWriteReceiver _receiver = new();

    public override async ValueTask InitializeAsync() => await _receiver.StartAsync(Cancelled);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Version_1_is_sent_as_its_specification_says()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        PrometheusConnector connector = CreateFor("1.0", context: context);

        DeliveryResult result = await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Parse), Cancelled);

        Assert.True(result.IsDelivered);
        FakeRequest request = Assert.Single(_receiver.Requests);
        Assert.Equal(("application/x-protobuf", "0.1.0", "snappy"), (request.Header("Content-Type"), request.Header("X-Prometheus-Remote-Write-Version"), request.Header("Content-Encoding")));
        WrittenSample sample = Assert.Single(_receiver.Samples, sample => sample.Series == Counted);
        Assert.Equal((2.0, time.GetUtcNow().ToUnixTimeMilliseconds()), (sample.Value, sample.Timestamp));
        Assert.Contains(_receiver.Samples, one => one.Series == """copybook_processing_duration_seconds_bucket{instance="relay-1",job="audit",le="+Inf",operation="Parse"}""" && one.Value == 2);
        Assert.Empty(_receiver.Violations);
    }

    [Fact]
    public async Task Version_2_is_sent_as_its_specification_says()
    {
        PrometheusConnector connector = CreateFor("2.0");

        DeliveryResult result = await connector.SendAsync(Batch(PrometheusEvents.Parse, PrometheusEvents.Check), Cancelled);

        Assert.True(result.IsDelivered);
        FakeRequest request = Assert.Single(_receiver.Requests);
        Assert.Equal("application/x-protobuf; proto=io.prometheus.write.v2.Request", request.Header("Content-Type"));
        Assert.Equal("2.0.0", request.Header("X-Prometheus-Remote-Write-Version"));
        Assert.Equal(
            [new WrittenSample(Counted, 1, 0, 1, "Audit events by type and severity.")],
            _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample with { Timestamp = 0 }));
        Assert.Equal([3UL], TypesOf("copybook_processing_duration_seconds"));
        Assert.Equal([2UL], TypesOf("copybook_audit_trail_integrity"));
        Assert.Equal([0UL], TypesOf("copybook_compliance_violations_by_impact"));
        Assert.Empty(_receiver.Violations);

        IEnumerable<ulong> TypesOf(string family) =>
            _receiver.Samples.Where(sample => sample.Series.StartsWith(family, StringComparison.Ordinal)).Select(sample => sample.Type).Distinct();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_receiver_of_version_1_gets_version_1_whether_it_says_so_or_not(bool silent)
    {
        _receiver.Speaks2 = false;
        _receiver.IgnoresContentType = silent;
        PrometheusConnector connector = CreateFor("2.0");

        DeliveryResult first = await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);
        DeliveryResult second = await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        Assert.True(first.IsDelivered);
        Assert.True(second.IsDelivered);
        Assert.Equal(["2.0.0", "0.1.0", "0.1.0"], _receiver.Requests.Select(request => request.Header("X-Prometheus-Remote-Write-Version")));
        Assert.Equal([1.0, 2.0], _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample.Value));
        Assert.Contains("does not speak remote write 2.0", Assert.Single(Context.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1000000")]
    [InlineData("many")]
    public async Task Version_2_is_not_delivered_when_the_receiver_wrote_another_number(string written)
    {
        PrometheusConnector connector = CreateFor("2.0");
        _receiver.FailNext(new FakeAnswer(204).With("X-Prometheus-Remote-Write-Samples-Written", written));

        DeliveryResult result = await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        Assert.Equal(FailureKind.Transient, result.Kind);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task A_partial_write_is_not_sent_again_but_the_next_state_is()
    {
        PrometheusConnector connector = CreateFor("2.0");
        EventBatch batch = Batch(PrometheusEvents.Parse);
        _receiver.FailNext(RemoteWriteReceiver.Counted(new FakeAnswer(400, "out of order sample\n", "text/plain"), 3));

        DeliveryResult refused = await connector.SendAsync(batch, Cancelled);
        int sent = _receiver.Requests.Count;
        DeliveryResult taken = await connector.SendAsync(batch, Cancelled);

        Assert.Equal((FailureKind.Misconfigured, "out of order sample", 1), (refused.Kind, refused.Response, sent));
        Assert.True(taken.IsDelivered);
        Assert.Equal([1.0], _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample.Value));
    }

    [Fact]
    public async Task Samples_stay_in_order_whatever_the_clock_does()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        PrometheusConnector connector = CreateFor("1.0", context: context);

        foreach (int seconds in new[] { 0, 0, -500, 5 })
        {
            time.DateOffset = TimeSpan.FromSeconds(seconds);
            Assert.True((await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).IsDelivered);
        }

        Assert.Empty(_receiver.Violations);
        Assert.Equal([1.0, 2.0, 3.0, 4.0], _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample.Value));
    }

    [Fact]
    public async Task After_a_clock_that_was_years_ahead_samples_are_of_now_again()
    {
        var time = new ManualTime();
        using var context = new TestPluginContext(time: time);
        PrometheusConnector connector = CreateFor("1.0", context: context);
        EventBatch batch = Batch(PrometheusEvents.Parse);
        time.DateOffset = TimeSpan.FromDays(1000);
        _receiver.FailNext(new FakeAnswer(400, "too far in future\n", "text/plain"));
        await connector.SendAsync(batch, Cancelled);
        time.DateOffset = TimeSpan.Zero;

        Assert.True((await connector.SendAsync(batch, Cancelled)).IsDelivered);

        Assert.Equal(
            [time.GetUtcNow().ToUnixTimeMilliseconds()], _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample.Timestamp));
    }

    public static TheoryData<int, FailureKind> Refusals => PushRefusals.All;

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task No_answer_costs_an_event_and_the_next_attempt_counts_nothing_twice(int status, FailureKind kind)
    {
        PrometheusConnector connector = CreateFor("1.0");
        EventBatch batch = Batch(PrometheusEvents.Parse);
        _receiver.FailNext(new FakeAnswer(status, "no\n", "text/plain"));

        DeliveryResult refused = await connector.SendAsync(batch, Cancelled);
        DeliveryResult taken = await connector.SendAsync(batch, Cancelled);

        Assert.Equal(kind, refused.Kind);
        Assert.True(taken.IsDelivered);
        Assert.Equal([1.0], _receiver.Samples.Where(sample => sample.Series == Counted).Select(sample => sample.Value));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("2.0")]
    public async Task A_page_for_people_is_no_receiver(string version)
    {
        PrometheusConnector connector = CreateFor(version);
        _receiver.FailNext(new FakeAnswer(200, "<html>Welcome</html>", "text/html"));

        Assert.Equal(FailureKind.Misconfigured, (await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled)).Kind);
    }

    [Fact]
    public async Task A_stop_sends_the_last_state_and_a_probe_sends_none()
    {
        PrometheusConnector connector = CreateFor("1.0");
        await connector.ProbeAsync(Cancelled);
        Assert.Equal(0, _receiver.SampleCount);
        await connector.SendAsync(Batch(PrometheusEvents.Parse), Cancelled);

        await connector.DisposeAsync();

        Assert.Equal(2, _receiver.Samples.Count(sample => sample.Series == Counted));
        Assert.Empty(_receiver.Violations);
    }

    [Fact]
    public async Task Values_of_every_script_arrive_as_they_are()
    {
        PrometheusConnector connector = CreateFor("2.0");

        await connector.SendAsync(Batch(PrometheusEvents.Of("审计 \\\"x\\\""), PrometheusEvents.Of("x\\ud800y")), Cancelled);

        Assert.Empty(_receiver.Violations);
        Assert.Contains(_receiver.Samples, sample => sample.Series.Contains("event_type=\"审计 \"x\"\"", StringComparison.Ordinal));
        Assert.Contains(_receiver.Samples, sample => sample.Series.Contains("event_type=\"x\uFFFDy\"", StringComparison.Ordinal));
    }

    private PrometheusConnector CreateFor(string version, PluginContext? context = null) => Create(
        $$$$"""{"http_endpoint":{"enabled":false},"push_interval_seconds":0,"remote_write":{"enabled":true,"version":"{{{{version}}}}","endpoint":"{{{{new Uri(_receiver.Address, RemoteWriteReceiver.Path)}}}}","labels":{"job":"audit","instance":"relay-1"}}}""",
        context);
}
