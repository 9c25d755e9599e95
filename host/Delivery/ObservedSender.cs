using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Shows each call of the connector to the observer, and no other: not what the breaker held back.</summary>
internal sealed class ObservedSender(ISender next, IDeliveryObserver observer) : ISender
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        long startedAt = observer.AttemptStarted();
        DeliveryResult result = await next.SendAsync(batch, cancellationToken);
        return observer.AttemptEnded(batch, result, startedAt);
    }
}
