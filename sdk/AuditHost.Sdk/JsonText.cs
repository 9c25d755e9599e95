using System.Buffers.Text;
using System.Text;

namespace AuditHost.Sdk;

/// <summary>
/// Decodes the inside of a JSON string that was checked when it came in. By hand, because a JSON library in the contract's
/// references would be shared with every plugin and keep it from bringing its own version.
/// </summary>
internal static class JsonText
{
    /// <summary>Decodes into the target, which is never longer than the source.</summary>
    internal static int Unescape(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        while (!source.IsEmpty)
        {
            int escape = source.IndexOf((byte)'\\');
            if (escape < 0)
                escape = source.Length;
            source[..escape].CopyTo(target[written..]);
            written += escape;
            source = source[escape..];
            if (source.Length < 2)
                break;
            if (source[1] == (byte)'u')
            {
                written += DecodeUnicode(ref source, target[written..]);
                continue;
            }

            target[written++] = source[1] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                byte literal => literal,
            };
            source = source[2..];
        }

        return written;
    }

    private static int DecodeUnicode(ref ReadOnlySpan<byte> source, Span<byte> target)
    {
        char first = ReadCodeUnit(source);
        source = source[6..];
        if (char.IsHighSurrogate(first) && source.StartsWith("\\u"u8))
        {
            char second = ReadCodeUnit(source);
            if (char.IsLowSurrogate(second))
            {
                source = source[6..];
                return new Rune(first, second).EncodeToUtf8(target);
            }
        }

        // A lone surrogate has no UTF-8 form; readers of JSON agree on the replacement character.
        Rune rune = char.IsSurrogate(first) ? Rune.ReplacementChar : new Rune(first);
        return rune.EncodeToUtf8(target);
    }

    private static char ReadCodeUnit(ReadOnlySpan<byte> escape)
    {
        return Utf8Parser.TryParse(escape.Slice(2, 4), out ushort unit, out _, 'X') ? (char)unit : '\uFFFD';
    }
}
