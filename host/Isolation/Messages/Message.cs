using System.Buffers;

namespace AuditHost.Isolation.Messages;

/// <summary>One message as it was read. Its memory is pooled and ends with <see cref="Dispose"/>.</summary>
internal sealed class Message(MessageKind kind, uint call, byte[] array, int length) : IDisposable
{
    private byte[]? _array = array;

    public MessageKind Kind => kind;

    /// <summary>The call it belongs to; 0 where it belongs to none.</summary>
    public uint Call => call;

    public ReadOnlyMemory<byte> Content => (_array ?? throw new ObjectDisposedException(nameof(Message))).AsMemory(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } taken)
            ArrayPool<byte>.Shared.Return(taken);
    }
}
