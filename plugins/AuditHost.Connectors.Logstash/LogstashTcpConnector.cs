using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>Sends events on lines to the tcp input. Delivered means handed to the network: the input confirms nothing.</summary>
internal sealed class LogstashTcpConnector : IConnector
{
    private readonly LineComposer _composer;
    private readonly SyslogTransport _transport;

    public LogstashTcpConnector(Uri endpoint, LogstashOptions options, EventWriter writer, PluginContext context)
    {
        _composer = new LineComposer(writer);
        _transport = SyslogTransport.Create(
            new SyslogTransportOptions(endpoint)
            {
                Composer = _composer,
                ComposerFrames = true,
                MaxMessageBytes = options.MaxMessageBytes,
                ReplayTail = options.ReplayTail,
            },
            context);
    }

    public ValueTask StartAsync(CancellationToken cancellationToken) => _transport.StartAsync(cancellationToken);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _composer.IsJson = JsonMediaType.Matches(batch.ContentType);
        return _transport.SendAsync(batch, cancellationToken);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _transport.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => _transport.DisposeAsync();
}
