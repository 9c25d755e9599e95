using System.Net.Sockets;

namespace AuditHost.Security;

/// <summary>A connected datagram socket as a stream: each write is one datagram, each read takes one.</summary>
internal sealed class DatagramStream(Socket socket, string peer) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // An empty datagram says nothing, but a receiver would count it as a message.
        if (buffer.IsEmpty)
            return;
        try
        {
            await socket.SendAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw Failure(exception, buffer.Length);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty)
            return;
        try
        {
            socket.Send(buffer);
        }
        catch (SocketException exception)
        {
            throw Failure(exception, buffer.Length);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new IOException($"{peer} cannot be read from: {exception.Message}", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return socket.Receive(buffer, offset, count, SocketFlags.None);
        }
        catch (SocketException exception)
        {
            throw new IOException($"{peer} cannot be read from: {exception.Message}", exception);
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            socket.Dispose();
        base.Dispose(disposing);
    }

    private IOException Failure(SocketException exception, int length) =>
        new(exception.SocketErrorCode == SocketError.MessageSize
            ? $"{peer} cannot take {length} bytes in one datagram"
            : $"{peer} cannot be written to: {exception.Message}", exception);
}
