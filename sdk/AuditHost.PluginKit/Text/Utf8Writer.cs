using System.Buffers;
using System.Globalization;

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
    public void Write(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_block[_used..]);
        _used += text.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Write(byte value)
    {
        Reserve(1);
        _block[_used++] = value;
    }

    /// <summary>Writes an integer of up to 64 bits in decimal.</summary>
    public void WriteNumber<TNumber>(TNumber number)
        where TNumber : struct, IUtf8SpanFormattable
    {
        Reserve(LongestNumber);
        number.TryFormat(_block[_used..], out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Hands over what was written.</summary>
    public void Flush()
    {
        if (_used > 0)
            _output.Advance(_used);
        _used = 0;
        _block = default;
    }

    private void Reserve(int length)
    {
        if (_block.Length - _used >= length)
            return;
        Flush();
        _block = _output.GetSpan(Math.Max(length, BlockSize));
    }
}
