using System.Numerics;
using System.Runtime.Intrinsics;

namespace AuditHost.Intake;

/// <summary>
/// The inside of a JSON string. Only what RFC 8259, section 7, asks for is escaped, and text is looked at sixteen bytes at a time: audit
/// messages are long and full of quotes, where the framework's escaping goes byte by byte from the first one on.
/// </summary>
internal static class JsonEscaping
{
    /// <summary>So much at a time, since every byte may become six.</summary>
    private const int ChunkBytes = 4096;

    private const int LongestEscape = 6;

    /// <summary>Writes text as a string's inside.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ReadOnlySpan<byte> text, PooledBuffer output)
    {
        while (!text.IsEmpty)
        {
            ReadOnlySpan<byte> chunk = text[..Math.Min(text.Length, ChunkBytes)];
            output.Advance(Escape(chunk, output.GetSpan((chunk.Length * LongestEscape) + Vector128<byte>.Count)));
            text = text[chunk.Length..];
        }
    }

    /// <param name="text">A piece of the text.</param>
    /// <param name="target">Has room for the worst case, and for a vector beyond what is written.</param>
    /// <returns>How much was written.</returns>
    private static int Escape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        int read = 0;
        int written = 0;
        while (text.Length - read >= Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.Create(text[read..]);
            Vector128<byte> special = Vector128.LessThan(block, Vector128.Create((byte)' '))
                | Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'));

            // All of it, before it is known how much of it stays: the next write covers the rest.
            block.CopyTo(target[written..]);
            uint places = special.ExtractMostSignificantBits();
            int plain = places == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(places);
            read += plain;
            written += plain;
            if (places != 0)
                written += WriteEscape(text[read++], target[written..]);
        }

        for (; read < text.Length; read++)
        {
            byte one = text[read];
            if (one is >= (byte)' ' and not (byte)'"' and not (byte)'\\')
                target[written++] = one;
            else
                written += WriteEscape(one, target[written..]);
        }

        return written;
    }

    private static int WriteEscape(byte one, Span<byte> target)
    {
        target[0] = (byte)'\\';
        target[1] = one switch
        {
            (byte)'"' or (byte)'\\' => one,
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)'u',
        };
        if (target[1] != 'u')
            return 2;
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = digits[one >> 4];
        target[5] = digits[one & 0xF];
        return LongestEscape;
    }
}
