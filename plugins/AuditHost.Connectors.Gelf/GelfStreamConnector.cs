using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Sends messages over TCP or TLS. Delivered means handed to the network: the protocol confirms nothing.</summary>
internal sealed class GelfStreamConnector(SyslogTransport transport) : IConnector
{
    public ValueTask StartAsync(CancellationToken cancellationToken) => transport.StartAsync(cancellationToken);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        transport.SendAsync(batch, cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => transport.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
