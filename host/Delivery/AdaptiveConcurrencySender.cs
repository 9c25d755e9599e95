using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Lets as many calls of one destination through as its <see cref="AdaptiveLimit"/> allows now; the others wait in order.</summary>
internal sealed class AdaptiveConcurrencySender(ISender next, AdaptiveLimit limit) : ISender
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<long>> _waiting = new();

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        long startedAt = await EnterAsync(cancellationToken);
        DeliveryResult? result = null;
        try
        {
            DeliveryResult said = await next.SendAsync(batch, cancellationToken);
            result = said;
            return said;
        }
        finally
        {
            limit.Leave(startedAt, batch.Count, result);
            Admit();
        }
    }

    private ValueTask<long> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<long> waiter;
        lock (_lock)
        {
            if (_waiting.Count == 0 && limit.TryEnter(out long startedAt))
                return ValueTask.FromResult(startedAt);
            waiter = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    private static async ValueTask<long> WaitAsync(TaskCompletionSource<long> waiter, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(_ => waiter.TrySetCanceled(cancellationToken), null))
            return await waiter.Task;
    }

    /// <summary>Lets those in that there is a place for now; one that gave up waiting gives its place to the next.</summary>
    private void Admit()
    {
        lock (_lock)
        {
            while (_waiting.First is { } first)
            {
                if (!first.Value.Task.IsCompleted)
                {
                    if (!limit.TryEnter(out long startedAt))
                        return;
                    if (!first.Value.TrySetResult(startedAt))
                        limit.Leave(startedAt, 0, null);
                }

                _waiting.RemoveFirst();
            }
        }
    }
}
