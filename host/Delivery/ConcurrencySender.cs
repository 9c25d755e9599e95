using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Lets so many calls through at a time: <c>max_concurrent_deliveries</c> over all destinations, or what one connector allows.</summary>
internal sealed class ConcurrencySender(ISender next, SemaphoreSlim places) : ISender
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await next.SendAsync(batch, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
