using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>One link of the chain around a connector: it sends a batch, or has the next link send it.</summary>
internal interface ISender
{
    ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken);
}
