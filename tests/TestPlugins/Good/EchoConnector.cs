using System.Text;
using AuditHost.Sdk;

namespace Good;

/// <summary>Delivers nowhere and acknowledges with what it was given.</summary>
internal sealed class EchoConnector(EchoSettings settings) : IConnector
{
    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        new(DeliveryResult.Acknowledged(settings.Prefix + Encoding.UTF8.GetString(batch.Body.Span)));
}
