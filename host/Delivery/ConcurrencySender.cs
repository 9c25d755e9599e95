using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Holds to <c>max_concurrent_deliveries</c>, the cap over all destinations. Nobody waits with a place in hand.</summary>
internal sealed class ConcurrencySender(ISender next, SemaphoreSlim places) : ISender
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await next.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
