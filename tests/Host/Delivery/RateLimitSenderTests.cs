using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Delivery;

public sealed class RateLimitSenderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Call_waits_for_its_tokens_and_not_longer()
    {
        var connector = new ScriptedConnector();
        RateLimitSender sender = Sender(connector);
        await sender.SendAsync(Batches.Of(2), TestContext.Current.CancellationToken);
        Task<DeliveryResult> second = sender.SendAsync(Batches.Of(3), TestContext.Current.CancellationToken).AsTask();

        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.False(second.IsCompleted);
        Assert.Single(connector.Calls);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.True((await second).IsDelivered);
        Assert.Equal(["e1 e2", "e1 e2 e3"], connector.Calls);
    }

    [Fact]
    public async Task Stop_ends_the_wait_and_nothing_is_sent()
    {
        var connector = new ScriptedConnector();
        RateLimitSender sender = Sender(connector);
        using var stop = new CancellationTokenSource();
        Task<DeliveryResult> waiting = sender.SendAsync(Batches.Of(10), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
        Assert.Empty(connector.Calls);
    }

    private RateLimitSender Sender(ScriptedConnector connector) => new(new ConnectorSender(connector), new RateLimitOptions { EventsPerSecond = 1, Burst = 2 }, _time);
}
