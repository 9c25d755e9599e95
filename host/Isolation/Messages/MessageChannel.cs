using System.Buffers;
using System.Buffers.Binary;

namespace AuditHost.Isolation.Messages;

/// <summary>
/// Messages over a stream, each with its length in front: four bytes of length, one of kind, four of the call's number, little endian.
/// Many may write, one reads.
/// </summary>
/// <param name="stream">What carries them; disposed of with the channel.</param>
/// <param name="maxContentBytes">The longest that is read, so that a wrong length is seen as such and never allocated.</param>
internal sealed class MessageChannel(Stream stream, int maxContentBytes) : IAsyncDisposable
{
    private const int HeaderBytes = 9;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _outgoing = new byte[HeaderBytes];
    private readonly byte[] _incoming = new byte[HeaderBytes];

    /// <exception cref="IOException">The other side is gone.</exception>
    public async ValueTask WriteAsync(MessageKind kind, uint call, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        // Not ended half-way: what follows would be read as its rest.
        await _writing.WaitAsync(cancellationToken);
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(_outgoing, content.Length);
            _outgoing[4] = (byte)kind;
            BinaryPrimitives.WriteUInt32LittleEndian(_outgoing.AsSpan(5), call);
            await stream.WriteAsync(_outgoing, CancellationToken.None);
            if (!content.IsEmpty)
                await stream.WriteAsync(content, CancellationToken.None);
        }
        catch (ObjectDisposedException exception)
        {
            throw new IOException("The channel is closed.", exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The same on the caller's own thread, for whoever must not wait for the pool's.</summary>
    public Message? Read()
    {
        int first = stream.Read(_incoming);
        if (first == 0)
            return null;
        stream.ReadExactly(_incoming.AsSpan(first));
        byte[] array = Rent(out int length);
        try
        {
            stream.ReadExactly(array.AsSpan(0, length));
            return Finish(array, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(array);
            throw;
        }
    }

    /// <returns><see langword="null"/> at the end of the stream.</returns>
    /// <exception cref="IOException">The other side is gone in the middle of a message.</exception>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public async ValueTask<Message?> ReadAsync(CancellationToken cancellationToken = default)
    {
        int first = await stream.ReadAsync(_incoming, cancellationToken);
        if (first == 0)
            return null;
        await stream.ReadExactlyAsync(_incoming.AsMemory(first), cancellationToken);
        byte[] array = Rent(out int length);
        try
        {
            await stream.ReadExactlyAsync(array.AsMemory(0, length), cancellationToken);
            return Finish(array, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(array);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        _writing.Dispose();
    }

    private byte[] Rent(out int length)
    {
        length = BinaryPrimitives.ReadInt32LittleEndian(_incoming);
        if (length < 0 || length > maxContentBytes || !Enum.IsDefined((MessageKind)_incoming[4]))
            throw new InvalidDataException($"A message of {length} bytes and kind {_incoming[4]} is none of the protocol's.");
        return ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
    }

    private Message Finish(byte[] array, int length) =>
        new((MessageKind)_incoming[4], BinaryPrimitives.ReadUInt32LittleEndian(_incoming.AsSpan(5)), array, length);
}
