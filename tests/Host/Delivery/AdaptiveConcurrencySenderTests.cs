using AuditHost.Delivery;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Delivery;

public sealed class AdaptiveConcurrencySenderTests
{
    private readonly AdaptiveLimit _limit = new(2, TimeSpan.FromSeconds(30), new ManualTimeProvider());
    private readonly Queue<TaskCompletionSource<DeliveryResult>> _calls = new();

    [Fact]
    public async Task Calls_beyond_the_limit_wait_in_order_for_a_place()
    {
        ISender sender = new AdaptiveConcurrencySender(new Gate(_calls), _limit);
        Task<DeliveryResult>[] sent = [.. Enumerable.Range(0, 4).Select(_ => SendAsync(sender, CancellationToken.None))];
        Assert.Equal(2, _calls.Count);

        _calls.Dequeue().SetResult(DeliveryResult.Delivered);
        await sent[0].WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        await UnderWayAsync(2);
        _calls.Dequeue().SetResult(DeliveryResult.Failed(FailureKind.Throttled, "slow down"));
        await sent[1].WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, _limit.Current);
        Assert.Single(_calls);
        Assert.False(sent[3].IsCompleted);
        _calls.Dequeue().SetResult(DeliveryResult.Delivered);
        await UnderWayAsync(1);
        _calls.Dequeue().SetResult(DeliveryResult.Delivered);
        Assert.All(await Task.WhenAll(sent[2..]), result => Assert.True(result.IsDelivered));
    }

    [Fact]
    public async Task One_that_gives_up_waiting_takes_no_place()
    {
        ISender sender = new AdaptiveConcurrencySender(new Gate(_calls), _limit);
        using var stop = new CancellationTokenSource();
        Task<DeliveryResult>[] first = [SendAsync(sender, CancellationToken.None), SendAsync(sender, CancellationToken.None)];
        Task<DeliveryResult> waiting = SendAsync(sender, stop.Token);
        Task<DeliveryResult> last = SendAsync(sender, CancellationToken.None);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _calls.Dequeue().SetResult(DeliveryResult.Delivered);
        await UnderWayAsync(2);
        _calls.Dequeue().SetException(new IOException("reset"));
        _calls.Dequeue().SetResult(DeliveryResult.Delivered);

        Assert.True((await last).IsDelivered);
        Assert.True((await first[0]).IsDelivered);
        await Assert.ThrowsAsync<IOException>(() => first[1]);
        Assert.True(_limit.TryEnter(out _));
        Assert.True(_limit.TryEnter(out _));
    }

    private async Task UnderWayAsync(int count)
    {
        while (true)
        {
            lock (_calls)
            {
                if (_calls.Count == count)
                    return;
            }

            await Task.Yield();
        }
    }

    private static Task<DeliveryResult> SendAsync(ISender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(Batches.Of(1), cancellationToken).AsTask();

    private sealed class Gate(Queue<TaskCompletionSource<DeliveryResult>> calls) : ISender
    {
        public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            var call = new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (calls)
                calls.Enqueue(call);
            return await call.Task;
        }
    }
}
