using System.Buffers;

namespace AuditHost.Intake.Http;

/// <summary>One pooled run of bytes that grows by doubling. Its bytes may be audit data, yet need no wiping: they stay in this process.</summary>
/// <param name="share">Pays for what is beyond the first bytes, which are every request's due; without one nothing is paid.</param>
internal sealed class BodyBuffer(MemoryShare? share = null) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 16 << 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    /// <summary>What is in it; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - Length < wanted)
            Grow(Length + wanted);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    private void Grow(int needed)
    {
        int size = Math.Max(needed, 2 * _bytes.Length);
        share?.Take(size - _bytes.Length);
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
