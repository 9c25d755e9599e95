namespace AuditHost.PluginKit.Transport;

/// <summary>
/// A connection whose peer answers. It is read at all times, also while nothing is expected: that is how a peer that went away shows
/// itself before anything is sent to it. After any failure, and after a deadline that ran out, it is of no more use: half a message may
/// have gone out, and an answer that comes late would be taken for that of another.
/// </summary>
public sealed class AnsweredStream : IAsyncDisposable
{
    // Answers are short. What has no end within this is none.
    private const int MaxUnreadBytes = 32 << 10;

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private byte[] _buffer = new byte[1024];
    private int _start;
    private int _end;
    private Task<int> _reading;

    internal AnsweredStream(Uri endpoint, Stream stream, TimeProvider time)
    {
        Endpoint = endpoint;
        _stream = stream;
        _time = time;
        _reading = ReadAsync();
    }

    /// <summary>Whom it leads to.</summary>
    public Uri Endpoint { get; }

    /// <summary>Whether the peer has closed the connection, or it broke.</summary>
    public bool IsGone => _reading.IsCompleted && (!_reading.IsCompletedSuccessfully || _reading.Result == 0);

    /// <summary>Whether the peer wants a connection of its own for each message; for whoever greets it to set.</summary>
    public bool IsForOneMessage { get; set; }

    /// <summary>What the peer has said and nobody has consumed yet.</summary>
    public ReadOnlySpan<byte> Received => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Marks the beginning of <see cref="Received"/> as read.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Adds what has arrived meanwhile to <see cref="Received"/>, without waiting.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="IOException">The peer says more than any answer has.</exception>
    public bool TryReceive()
    {
        if (!_reading.IsCompletedSuccessfully || _reading.Result == 0)
            return false;
        Take(_reading.Result);
        return true;
    }

    /// <summary>Waits until the peer says more.</summary>
    /// <exception cref="IOException">It closed the connection, it broke, or the peer says more than any answer has.</exception>
    public async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        int read = await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (read == 0)
            throw new IOException("The receiver closed the connection.");
        Take(read);
    }

    /// <summary>Writes and hands over to the network.</summary>
    /// <exception cref="IOException">The connection broke; what of it arrived is unknown.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_reading.IsCompleted)
            await TlsGoodbye.SayAsync(_stream, _time).ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private void Take(int read)
    {
        _end += read;
        if (_end == _buffer.Length)
            MakeRoom();
        _reading = ReadAsync();
    }

    private void MakeRoom()
    {
        int unread = _end - _start;
        if (unread > MaxUnreadBytes)
            throw new IOException("The receiver says more than an answer has.");
        byte[] target = unread > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Received.CopyTo(target);
        _buffer = target;
        (_start, _end) = (0, unread);
    }

    private async Task<int> ReadAsync()
    {
        try
        {
            return await _stream.ReadAsync(_buffer.AsMemory(_end), _closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw new IOException($"The connection broke: {exception.Message}", exception);
        }
    }
}
