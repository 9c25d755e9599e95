using AuditHost.Fakes.NewRelic;
using AuditHost.Plugins.Tests.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;
using static AuditHost.Plugins.Tests.NewRelic.NewRelicTests;

namespace AuditHost.Plugins.Tests.NewRelic;

/// <summary>What is sent again when one API took a batch and the next one did not.</summary>
public sealed class HalfDeliveredTests : IDisposable
{
    private readonly TestPluginContext _context = Context();

    [Fact]
    public async Task What_new_relic_has_does_not_go_out_again()
    {
        await using NewRelicServer server = await StartAsync();
        FailMetrics(server, 500);
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        DeliveryResult first = await connector.SendAsync(Batch(3), Cancellation);
        DeliveryResult second = await connector.SendAsync(Batch(3), Cancellation);

        Assert.Equal(FailureKind.Transient, first.Kind);
        Assert.True(second.IsDelivered, second.Reason);
        Assert.Equal(["/log/v1", "/metric/v1", "/metric/v1"], server.Requests.Select(request => request.Path));
        Assert.Equal(3, server.Logs.Count);
        string both = $"logs {NewRelicServer.IdOf(1)}, metrics {NewRelicServer.IdOf(2)}";
        Assert.Equal([both, both, both], second.AcknowledgementIds);
    }

    [Fact]
    public async Task It_does_not_matter_how_the_next_batch_is_cut()
    {
        await using NewRelicServer server = await StartAsync();
        FailMetrics(server, 413);
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        DeliveryResult whole = await connector.SendAsync(Batch(4), Cancellation);
        DeliveryResult half = await connector.SendAsync(Batch(2), Cancellation);
        DeliveryResult rest = await connector.SendAsync(Batch(3, first: 3), Cancellation);

        Assert.Equal(FailureKind.TooLarge, whole.Kind);
        Assert.True(half.IsDelivered && rest.IsDelivered);
        Assert.Equal(["e-1", "e-2", "e-3", "e-4", "e-5"], server.Logs.Select(log => log.Text("event.id")));
        Assert.Equal(5, server.Points.Where(point => point.Name == "copybook.audit.events").Sum(point => point.Value.GetInt32()));
        Assert.Equal($"logs {NewRelicServer.IdOf(1)}, metrics {NewRelicServer.IdOf(4)}", rest.AcknowledgementIds![0]);
        Assert.Equal($"logs {NewRelicServer.IdOf(3)}, metrics {NewRelicServer.IdOf(4)}", rest.AcknowledgementIds[2]);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failure_like_any_other()
    {
        await using NewRelicServer logs = await StartAsync();
        NewRelicServer metrics = await StartAsync();
        await using IConnector connector = Create(_context, logs.Address, "logs metrics", $",\"metric_endpoint\":\"{metrics.Address}\"");
        await metrics.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await connector.SendAsync(Batch(2), Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(async () => await connector.SendAsync(Batch(2), Cancellation));

        Assert.Single(logs.Requests);
    }

    [Fact]
    public async Task What_was_delivered_is_forgotten_so_that_a_replay_sends_it()
    {
        await using NewRelicServer server = await StartAsync();
        FailMetrics(server, 503);
        await using IConnector connector = Create(_context, server.Address, "logs metrics");

        for (int attempt = 0; attempt < 3; attempt++)
            await connector.SendAsync(Batch(1), Cancellation);

        Assert.Equal(["/log/v1", "/metric/v1", "/metric/v1", "/log/v1", "/metric/v1"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task An_event_that_was_refused_here_is_not_taken_for_delivered()
    {
        await using NewRelicServer server = await StartAsync();
        FailMetrics(server, 500);
        await using IConnector connector = Create(_context, server.Address, "logs metrics", ""","late_events":"dead_letter" """);
        string[] events = [SecurityEvent(1), SecurityEvent(2, "2026-11-01T00:00:00Z"), SecurityEvent(3)];

        DeliveryResult first = await connector.SendAsync(BatchOf(events), Cancellation);
        DeliveryResult second = await connector.SendAsync(BatchOf(events), Cancellation);

        Assert.Equal([(1, FailureKind.Rejected), (0, FailureKind.Transient), (2, FailureKind.Transient)], first.Failures!.Select(failure => (failure.Index, failure.Kind)));
        EventFailure failure = Assert.Single(second.Failures!);
        Assert.Equal((1, FailureKind.Rejected), (failure.Index, failure.Kind));
        Assert.Null(second.AcknowledgementIds![1]);
        Assert.Equal(["e-1", "e-3"], server.Logs.Select(log => log.Text("event.id")));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task A_refusal_of_the_rest_comes_again_without_what_was_refused_here(int status)
    {
        var time = new ManualTime();
        await using NewRelicServer server = await StartAsync(time);
        server.FailNext(NewRelicReply.Failure(status));
        await using IConnector connector = Create(_context, server.Address, "logs", ""","late_events":"dead_letter" """);

        DeliveryResult result = await connector.SendAsync(BatchOf([SecurityEvent(1, "2020-01-01T00:00:00Z"), SecurityEvent(2)]), Cancellation);

        Assert.Equal([(0, FailureKind.Rejected), (1, FailureKind.Transient)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(status, result.Status);
    }

    public void Dispose() => _context.Dispose();

    /// <summary>Lets the logs through, and fails the metrics behind them.</summary>
    private static void FailMetrics(NewRelicServer server, int status)
    {
        server.InterceptNext(_ => null);
        server.FailNext(NewRelicReply.Failure(status));
    }
}
