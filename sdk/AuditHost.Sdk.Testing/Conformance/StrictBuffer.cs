using System.Buffers;

namespace AuditHost.Sdk.Testing;

/// <summary>A buffer that gives exactly as much as was asked for, new memory each time, and notices who advances beyond it.</summary>
internal sealed class StrictBuffer : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private byte[] _given = [];

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    public void Advance(int count)
    {
        Rule.Formats.Holds(
            count >= 0 && count <= _given.Length,
            $"Advance({count}) was called on a span of {_given.Length} bytes.",
            "Advance by what was written to the last span, at most by its length.");
        _written.Write(_given.AsSpan(0, count));
        _given = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => _given = new byte[Math.Max(sizeHint, 1)];

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
