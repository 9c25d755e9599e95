using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Sends batches as messages over UDP, TCP or TLS. One send at a time.</summary>
public abstract class SyslogTransport : IAsyncDisposable
{
    private readonly PluginContext _context;
    private readonly Uri _endpoint;

    private protected SyslogTransport(SyslogTransportOptions options, PluginContext context)
    {
        _context = context;
        _endpoint = options.Endpoint;
    }

    /// <summary>The transport for an endpoint; nothing is opened yet.</summary>
    public static SyslogTransport Create(SyslogTransportOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        return options.Endpoint.Scheme == "udp" ? new DatagramTransport(options, context) : new StreamTransport(options, context);
    }

    /// <summary>Opens the connection.</summary>
    /// <exception cref="IOException">The receiver cannot be reached.</exception>
    public abstract ValueTask StartAsync(CancellationToken cancellationToken);

    /// <summary>Sends a batch, over a new connection where the old one is gone.</summary>
    /// <exception cref="IOException">The connection broke; what of the batch arrived is unknown.</exception>
    public abstract ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken);

    /// <summary>Connects, shakes hands and leaves again; sends may run meanwhile.</summary>
    /// <exception cref="IOException">The receiver cannot be reached.</exception>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await new WatchedStream(stream, _context.Time).DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private protected ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => _context.ConnectAsync(_endpoint, cancellationToken);
}
