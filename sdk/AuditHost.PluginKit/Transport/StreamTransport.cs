using System.Diagnostics.Tracing;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Messages over a connection: one write per batch, and the tail again after a loss.</summary>
internal sealed class StreamTransport(SyslogTransportOptions options, PluginContext context) : SyslogTransport(options, context)
{
    private readonly PluginContext _context = context;
    private readonly FramedBatch _batch = new(options.ComposerFrames ? null : options.Framing, options.MaxMessageBytes, options.Composer);
    private readonly ReplayTail _tail = new(options.ReplayTail, context.Time);
    private WatchedStream? _connection;

    /// <summary>Completes when the peer of the connection in use is gone.</summary>
    internal Task Gone => _connection?.Gone ?? Task.CompletedTask;

    public override async ValueTask StartAsync(CancellationToken cancellationToken) =>
        await ConnectAsync(cancellationToken).ConfigureAwait(false);

    public override async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _batch.Fill(batch);
        if (_batch.Count == 0)
            return _batch.Result;

        WatchedStream connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.WriteAsync(_batch.Bytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The peer may hold half a message: no other may follow on this connection.
            await DropAsync().ConfigureAwait(false);
            throw;
        }

        _tail.Add(_batch.Bytes, _batch.Count);
        return _batch.Result;
    }

    public override async ValueTask DisposeAsync()
    {
        await DropAsync().ConfigureAwait(false);
        _batch.Dispose();
        _tail.Dispose();
    }

    private async ValueTask<WatchedStream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { Gone.IsCompleted: false })
            return _connection;

        if (_connection?.ClosedAt is { } closedAt)
            _tail.ForgetReadBefore(closedAt);
        await DropAsync().ConfigureAwait(false);
        Stream stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        _connection = new WatchedStream(stream, _context.Time);
        if (_tail.Events == 0)
            return _connection;

        _context.Log(EventLevel.Warning, $"The connection was lost; its last {_tail.Events} messages are sent again.");
        try
        {
            await _tail.ReplayAsync(_connection, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DropAsync().ConfigureAwait(false);
            throw;
        }

        return _connection;
    }

    private async ValueTask DropAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
