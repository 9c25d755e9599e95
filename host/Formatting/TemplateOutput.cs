using System.Buffers;
using System.Text;
using Scriban.Runtime;

namespace AuditHost.Formatting;

/// <summary>
/// Collects a rendering as UTF-8. Kept apart from the caller's buffer until it is complete and checked, so that a failed
/// rendering leaves nothing behind.
/// </summary>
internal sealed class TemplateOutput(int limit) : IScriptOutput
{
    /// <summary>A larger buffer is given up after the rendering that needed it.</summary>
    private const int KeptCapacity = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Write(string text, int offset, int count)
    {
        ReadOnlySpan<char> chars = text.AsSpan(offset, count);
        int most = Encoding.UTF8.GetMaxByteCount(chars.Length);
        if (_buffer.WrittenCount + most > limit)
            Reserve(Encoding.UTF8.GetByteCount(chars));
        _buffer.Advance(Encoding.UTF8.GetBytes(chars, _buffer.GetSpan(most)));
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        _buffer.Write(utf8);
    }

    public void Clear()
    {
        if (_buffer.Capacity > KeptCapacity)
            _buffer = new ArrayBufferWriter<byte>(4096);
        else
            _buffer.ResetWrittenCount();
    }

    /// <summary>The engine asks for the text after each rendering; the bytes are taken from <see cref="Written"/> instead.</summary>
    public override string ToString() => string.Empty;

    private void Reserve(int bytes)
    {
        if (_buffer.WrittenCount + (long)bytes > limit)
            throw new InvalidOperationException($"The output is larger than {limit} bytes.");
    }
}
