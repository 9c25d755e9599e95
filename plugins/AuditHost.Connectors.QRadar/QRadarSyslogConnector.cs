using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.QRadar;

/// <summary>Sends events over syslog. Delivered means handed to the network: the protocol confirms nothing.</summary>
internal sealed class QRadarSyslogConnector(SyslogTransport transport, QRadarConsole? console) : IConnector
{
    public ValueTask StartAsync(CancellationToken cancellationToken) => transport.StartAsync(cancellationToken);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        transport.SendAsync(batch, cancellationToken);

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await transport.ProbeAsync(cancellationToken).ConfigureAwait(false);
        if (console is not null)
            await console.CheckAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
