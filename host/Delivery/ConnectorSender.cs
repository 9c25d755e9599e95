using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>The innermost link: calls the connector.</summary>
internal sealed class ConnectorSender(IConnector connector) : ISender
{
    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        connector.SendAsync(batch, cancellationToken);
}
