namespace AuditHost.Fakes.Fluentd;

/// <summary>One connection to the input: bytes come in as the network likes, messages go out whole.</summary>
internal sealed class ForwardConnection(Stream stream)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _end;

    /// <summary>Reads the next message; <see langword="null"/> where the client left between two.</summary>
    /// <exception cref="FormatException">It breaks a rule, or the client left in its middle.</exception>
    public async Task<T?> ReadAsync<T>(Func<MessagePackInput, T> read, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            if (_end > _start && TryRead(read, out T? message))
                return message;
            if (_end == _buffer.Length)
                MakeRoom();
            int count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0)
                return _end == _start ? null : throw new FormatException("The connection ended inside a message.");
            _end += count;
        }
    }

    public async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private bool TryRead<T>(Func<MessagePackInput, T> read, out T? message)
        where T : class
    {
        var input = new MessagePackInput(_buffer.AsMemory(_start, _end - _start));
        message = null;
        try
        {
            message = read(input);
            _start += input.Position;
            return true;
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    // A new array each time: a message that was read keeps the old one.
    private void MakeRoom()
    {
        byte[] larger = new byte[Math.Max(_buffer.Length, (_end - _start) * 2)];
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
        _buffer = larger;
        (_start, _end) = (0, _end - _start);
    }
}
