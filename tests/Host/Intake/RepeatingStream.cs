namespace AuditHost.Tests.Intake;

/// <summary>A long input that exists nowhere: a beginning, one byte over and over, an end.</summary>
internal sealed class RepeatingStream(byte[] beginning, byte filler, long fillerLength, byte[] end) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => beginning.Length + fillerLength + end.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = 0;
        if (_position < beginning.Length)
        {
            read = Math.Min(buffer.Length, beginning.Length - (int)_position);
            beginning.AsSpan((int)_position, read).CopyTo(buffer);
        }
        else if (_position < beginning.Length + fillerLength)
        {
            read = (int)Math.Min(buffer.Length, beginning.Length + fillerLength - _position);
            buffer[..read].Fill(filler);
        }
        else
        {
            int from = (int)(_position - beginning.Length - fillerLength);
            read = Math.Min(buffer.Length, end.Length - from);
            end.AsSpan(from, read).CopyTo(buffer);
        }

        _position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
