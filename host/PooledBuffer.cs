using System.Buffers;

namespace AuditHost;

/// <summary>A growing buffer from the shared pool. What was taken from it ends with <see cref="Dispose"/>.</summary>
/// <param name="capacity">What it holds at once.</param>
/// <param name="largestPooled">
/// Beyond this its array is its own and grows by quarters; the pool's double. For buffers of which many are kept at a time.
/// </param>
internal sealed class PooledBuffer(int capacity, int largestPooled = int.MaxValue) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public ReadOnlyMemory<byte> Slice(Range range) => _array.AsMemory(0, Length)[range];

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _array.Length - Length);
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Takes back everything behind a length.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
    }

    /// <summary>Puts bytes in front of what was written since a position.</summary>
    public void InsertAt(int position, ReadOnlySpan<byte> bytes)
    {
        EnsureRoom(bytes.Length);
        _array.AsSpan(position, Length - position).CopyTo(_array.AsSpan(position + bytes.Length));
        bytes.CopyTo(_array.AsSpan(position));
        Length += bytes.Length;
    }

    public void Dispose()
    {
        if (_array.Length == 0)
            return;
        Return(_array);
        _array = [];
        Length = 0;
    }

    private byte[] Larger(int least)
    {
        int doubled = Math.Max(checked(_array.Length * 2), least);
        return doubled <= largestPooled
            ? ArrayPool<byte>.Shared.Rent(doubled)
            : GC.AllocateUninitializedArray<byte>(Math.Max(Math.Max(_array.Length + (_array.Length / 4), least), largestPooled + 1));
    }

    private void Return(byte[] array)
    {
        if (array.Length <= largestPooled)
            ArrayPool<byte>.Shared.Return(array);
    }

    private void EnsureRoom(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_array.Length - Length >= needed)
            return;
        byte[] larger = Larger(checked(Length + needed));
        _array.AsSpan(0, Length).CopyTo(larger);
        Return(_array);
        _array = larger;
    }
}
