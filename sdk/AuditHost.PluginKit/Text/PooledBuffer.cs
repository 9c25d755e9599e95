using System.Buffers;

namespace AuditHost.PluginKit.Text;

/// <summary>A buffer that grows in arrays of the shared pool and is used again and again.</summary>
/// <param name="initialCapacity">The size of its first array, in bytes.</param>
public sealed class PooledBuffer(int initialCapacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = [];

    /// <summary>How much was written, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>What was written. Valid until the next write, and until <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>
    /// Makes a part of what was written longer or shorter; what stands behind it moves. For lengths that stand before what they measure
    /// and are known after it.
    /// </summary>
    /// <param name="start">Where the part begins.</param>
    /// <param name="length">How long it is, in bytes.</param>
    /// <param name="newLength">How long it becomes.</param>
    /// <returns>The part, to be written anew. Valid until the next write.</returns>
    public Span<byte> Replace(int start, int length, int newLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(newLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        if (newLength != length)
        {
            Reserve(Math.Max(newLength - length, 0));
            _array.AsSpan(start + length, Length - start - length).CopyTo(_array.AsSpan(start + newLength));
            Length += newLength - length;
        }

        return _array.AsSpan(start, newLength);
    }

    /// <summary>Forgets what was written and keeps the array.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Length = 0;
    }

    private void Reserve(int count)
    {
        if (_array.Length - Length >= count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(initialCapacity, _array.Length * 2), Length + count));
        Written.Span.CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
