using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.Formats.Xml;

/// <summary>The characters of XML 1.0. One escaping serves text and attributes alike.</summary>
internal static class XmlText
{
    private const byte LeadOfNonCharacters = 0xEF;

    private static readonly SearchValues<byte> Specials = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static code => (byte)code), (byte)'&', (byte)'<', (byte)'>', (byte)'"', LeadOfNonCharacters]);

    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."u8);

    /// <summary>Writes text. Line breaks and tabs go as references: they survive attributes, and the event stays on one line.</summary>
    public static void Write(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int stop = text.IndexOfAny(Specials);
            writer.Write(stop < 0 ? text : text[..stop]);
            if (stop < 0)
                return;
            text = text[stop..];
            int length = text[0] == LeadOfNonCharacters ? 3 : 1;
            writer.Write(text[0] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'"' => "&quot;"u8,
                (byte)'\t' => "&#9;"u8,
                (byte)'\n' => "&#10;"u8,
                (byte)'\r' => "&#13;"u8,
                LeadOfNonCharacters when !IsNonCharacter(text) => text[..length],
                _ => "\uFFFD"u8,
            });
            text = text[length..];
        }
    }

    /// <summary>Whether a member's name can be an element's name as it stands. ASCII only; XML keeps names in xml for itself.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && IsStart(name) && !name.ContainsAnyExcept(NameCharacters);

    /// <summary>Writes the element's name for a member: itself, or with an underscore for each character that cannot stand there.</summary>
    public static void WriteName(ref Utf8Writer writer, scoped ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || !IsStart(name))
            writer.Write((byte)'_');
        if (!name.ContainsAnyExcept(NameCharacters))
        {
            writer.Write(name);
            return;
        }

        foreach (byte unit in name)
        {
            bool continuation = (unit & 0xC0) == 0x80;
            if (!continuation)
                writer.Write(NameCharacters.Contains(unit) ? unit : (byte)'_');
        }
    }

    private static bool IsStart(ReadOnlySpan<byte> name)
    {
        bool letter = name[0] == '_' || char.IsAsciiLetter((char)name[0]);
        bool reserved = name.Length >= 3 && (name[0] | 0x20) == 'x' && (name[1] | 0x20) == 'm' && (name[2] | 0x20) == 'l';
        return letter && !reserved;
    }

    /// <summary>U+FFFE and U+FFFF, which XML leaves out of its characters.</summary>
    private static bool IsNonCharacter(ReadOnlySpan<byte> text) => text[1] == 0xBF && text[2] >= 0xBE;
}
