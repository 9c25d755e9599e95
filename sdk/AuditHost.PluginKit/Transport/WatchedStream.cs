namespace AuditHost.PluginKit.Transport;

/// <summary>
/// A connection on which nothing is to be read, read all the same: that is how a peer that went away shows itself before bytes
/// are written into the void.
/// </summary>
internal sealed class WatchedStream : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watch;

    public WatchedStream(Stream stream, TimeProvider time)
    {
        _stream = stream;
        _time = time;
        _watch = WatchAsync();
    }

    /// <summary>Completes when the peer is gone.</summary>
    public Task Gone => _watch;

    /// <summary>When the peer closed in good order; <see langword="null"/> where the connection broke.</summary>
    public long? ClosedAt { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (_watch.IsCompleted)
            throw new IOException("The receiver closed the connection.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_watch.IsCompleted)
            await TlsGoodbye.SayAsync(_stream, _time).ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task WatchAsync()
    {
        byte[] ignored = new byte[256];
        try
        {
            while (await _stream.ReadAsync(ignored, _closing.Token).ConfigureAwait(false) > 0)
            {
            }

            ClosedAt = _time.GetTimestamp();
        }
        catch (Exception)
        {
            // However the reading ended, the connection is of no more use; the next write opens another.
        }
    }
}
