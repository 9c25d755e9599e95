using AuditHost.Delivery;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Delivery;

public sealed class ConcurrencySenderTests
{
    private readonly DeliveryPlaces _places = new(2);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private int _most;

    [Fact]
    public async Task Destinations_that_share_the_places_never_have_more_calls_under_way_together()
    {
        ConcurrencySender[] senders = [Sender(HoldAsync), Sender(HoldAsync)];
        Task<DeliveryResult>[] calls = [.. Enumerable.Range(0, 10).Select(number => SendAsync(senders[number % 2]))];
        Assert.Equal(2, _underWay);

        _gate.SetResult();

        Assert.All(await Task.WhenAll(calls), result => Assert.True(result.IsDelivered));
        Assert.Equal(2, _most);
        Assert.Equal(2, _places.Free);
    }

    [Fact]
    public async Task Call_that_throws_gives_its_place_back()
    {
        ConcurrencySender sender = Sender(static (_, _) => throw new IOException("away"));
        for (int call = 0; call < 3; call++)
            await Assert.ThrowsAsync<IOException>(() => SendAsync(sender));

        Assert.Equal(2, _places.Free);
    }

    [Fact]
    public async Task Stop_ends_the_wait_for_a_place_without_taking_one()
    {
        ConcurrencySender sender = Sender(HoldAsync);
        Task<DeliveryResult>[] holding = [SendAsync(sender), SendAsync(sender)];
        using var stop = new CancellationTokenSource();
        Task<DeliveryResult> waiting = sender.SendAsync(Batches.Of(1), stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));
        Assert.Equal(2, _underWay);
        _gate.SetResult();
        await Task.WhenAll(holding);
        Assert.Equal(2, _places.Free);
    }

    private static Task<DeliveryResult> SendAsync(ConcurrencySender sender) =>
        sender.SendAsync(Batches.Of(1), TestContext.Current.CancellationToken).AsTask().WaitAsync(JournalFolder.Patience);

    private ConcurrencySender Sender(Func<EventBatch, CancellationToken, ValueTask<DeliveryResult>> answer) =>
        new(new ConnectorSender(new ScriptedConnector(answer)), _places);

    private async ValueTask<DeliveryResult> HoldAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        int now = Interlocked.Increment(ref _underWay);
        _most = Math.Max(_most, now);
        await _gate.Task.WaitAsync(cancellationToken);
        Interlocked.Decrement(ref _underWay);
        return DeliveryResult.Delivered;
    }
}
