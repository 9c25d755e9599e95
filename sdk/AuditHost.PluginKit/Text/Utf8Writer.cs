using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// Writes UTF-8 in many small pieces without asking the buffer writer for each of them. Allocates nothing.
/// Nothing of the last block reaches the output before <see cref="Flush"/>.
/// </summary>
/// <param name="output">Where the text goes. Nobody else may write to it before the flush.</param>
public ref struct Utf8Writer(IBufferWriter<byte> output)
{
    private const int BlockSize = 1024;

    /// <summary>Room for any integer of 64 bits.</summary>
    private const int LongestNumber = 20;

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _block;
    private int _used;

    /// <summary>Writes text as it stands.</summary>
    // Inlined, since a literal of known length is then a few stores instead of a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _used += text.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Write(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    /// <summary>Writes an integer of up to 64 bits in decimal.</summary>
    public void WriteNumber<TNumber>(TNumber number)
        where TNumber : struct, IUtf8SpanFormattable
    {
        number.TryFormat(Reserve(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Makes room for text that the caller puts there itself; <see cref="Advance"/> says how much of it there is.</summary>
    /// <param name="length">How much room is needed.</param>
    /// <returns>At least so much. What is not advanced over was never written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int length)
    {
        if (_block.Length - _used < length)
            NextBlock(length);
        return _block[_used..];
    }

    /// <summary>Takes what the caller put into the room it reserved.</summary>
    /// <param name="length">How much that is.</param>
    public void Advance(int length) => _used += length;

    /// <summary>Hands over what was written.</summary>
    public void Flush()
    {
        if (_used > 0)
            _output.Advance(_used);
        _used = 0;
        _block = default;
    }

    private void NextBlock(int length)
    {
        Flush();
        _block = _output.GetSpan(Math.Max(length, BlockSize));
    }
}
