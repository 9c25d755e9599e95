using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Lets so many calls through at a time: <c>max_concurrent_deliveries</c> over all destinations, or what one connector allows.</summary>
internal sealed class ConcurrencySender(ISender next, DeliveryPlaces places) : ISender
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await places.TakeAsync(cancellationToken);
        try
        {
            return await next.SendAsync(batch, cancellationToken);
        }
        finally
        {
            places.GiveBack();
        }
    }
}
