using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace AuditHost.Commands;

/// <summary>
/// Makes JSON of others readable: half a character as an escape (<c>\ud800</c>) is JSON by its grammar, but .NET has no text for it and throws
/// wherever it is read or written.
/// </summary>
internal static class WholeCharacters
{
    /// <summary>Backslash, u and four digits.</summary>
    private const int EscapeLength = 6;

    /// <summary>The JSON with U+FFFD in place of each half character, and of bytes that are no UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        byte[]? copy = null;
        for (int position = 0; NextEscape(json.Span, ref position);)
        {
            if (UnitAt(json.Span, position) is not { } unit || !char.IsSurrogate(unit))
            {
                position += 2;
                continue;
            }

            bool isWhole = char.IsHighSurrogate(unit) && UnitAt(json.Span, position + EscapeLength) is { } low && char.IsLowSurrogate(low);
            if (!isWhole)
            {
                copy ??= json.ToArray();
                "fffd"u8.CopyTo(copy.AsSpan(position + 2));
            }

            position += isWhole ? 2 * EscapeLength : EscapeLength;
        }

        return copy ?? json;
    }

    private static bool NextEscape(ReadOnlySpan<byte> json, ref int position)
    {
        if (position >= json.Length)
            return false;
        int next = json[position..].IndexOf((byte)'\\');
        position += next;
        return next >= 0;
    }

    /// <summary>What an escape of four digits stands for; <see langword="null"/> where there is none.</summary>
    private static char? UnitAt(ReadOnlySpan<byte> json, int position) =>
        position + EscapeLength <= json.Length && json[position] == '\\' && json[position + 1] == 'u'
        && Utf8Parser.TryParse(json.Slice(position + 2, 4), out ushort unit, out int digits, 'X') && digits == 4
            ? (char)unit
            : null;
}
