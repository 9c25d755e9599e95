using System.Text;

namespace AuditHost.PluginKit.Text;

/// <summary>
/// Text of an event in a message that people read. An event must not be able to look like more than one value: no line breaks, and
/// nothing that turns the order of what stands around it.
/// </summary>
public static class ShownText
{
    /// <summary>
    /// What is shown in place of a character: a space for control characters and line breaks of any kind, U+FFFD for the marks that
    /// override the direction of text (Unicode TR36, section 3.2); else the character itself.
    /// </summary>
    public static Rune Of(Rune character) => character.Value switch
    {
        < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029 => new Rune(' '),
        (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => Rune.ReplacementChar,
        _ => character,
    };

    /// <summary>Whether there is anything to see.</summary>
    /// <param name="text">UTF-8.</param>
    public static bool HasAny(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune character, out int length);
            if (!Rune.IsWhiteSpace(Of(character)))
                return true;
            text = text[length..];
        }

        return false;
    }
}
