using System.Buffers;
using System.Buffers.Text;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>The body of a call in one pooled array: it is hashed for the signature and sent, and never copied.</summary>
internal sealed class RequestBody(int capacity) : IDisposable
{
    private const int LongestNumber = 20;

    /// <summary>The longest a byte can become: <c>\u00XX</c>.</summary>
    private const int LongestEscape = 6;

    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, _length);

    /// <summary>Writes text as it stands.</summary>
    public void Raw(scoped ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_array.AsSpan(_length));
        _length += text.Length;
    }

    public void Number(long value)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, _array.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Writes UTF-8 text as a JSON string. JSON has a quote every few bytes, so it goes from one to the next.</summary>
    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (true)
        {
            int run = utf8.IndexOfAny(Escaped);
            if (run < 0)
                break;
            Reserve(run + LongestEscape);
            Span<byte> target = _array.AsSpan(_length);
            utf8[..run].CopyTo(target);
            _length += run + Escape(utf8[run], target[run..]);
            utf8 = utf8[(run + 1)..];
        }

        Raw(utf8);
        Raw("\""u8);
    }

    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        _length = 0;
    }

    private static int Escape(byte one, Span<byte> target)
    {
        target[0] = (byte)'\\';
        if (one >= 32)
        {
            target[1] = one;
            return 2;
        }

        "u00"u8.CopyTo(target[1..]);
        target[4] = (byte)"0123456789abcdef"[one >> 4];
        target[5] = (byte)"0123456789abcdef"[one & 15];
        return LongestEscape;
    }

    private void Reserve(int count)
    {
        if (_array.Length - _length >= count)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_array.Length * 2, _length + count));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
