using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.Formats.Cef;

/// <summary>The escaping of CEF. The two places differ: a header escapes the bar, an extension value the equals sign.</summary>
internal static class CefText
{
    private static readonly SearchValues<byte> HeaderSpecials = SearchValues.Create([.. Controls(), (byte)'\\', (byte)'|']);
    private static readonly SearchValues<byte> ValueSpecials = SearchValues.Create([.. Controls(), (byte)'\\', (byte)'=']);

    /// <summary>Writes a header field. Line breaks are not allowed there, so they become spaces like any other control.</summary>
    public static void WriteHeader(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text)
    {
        if (TryWritePlain(ref writer, text, (byte)'|'))
            return;
        while (true)
        {
            int stop = text.IndexOfAny(HeaderSpecials);
            writer.Write(stop < 0 ? text : text[..stop]);
            if (stop < 0)
                return;
            WriteSpecial(ref writer, text[stop]);
            text = text[(stop + 1)..];
        }
    }

    /// <summary>Writes an extension value, where a line break is the two characters of its escape.</summary>
    public static void WriteValue(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text)
    {
        if (TryWritePlainValue(ref writer, text))
            return;
        while (true)
        {
            int stop = text.IndexOfAny(ValueSpecials);
            writer.Write(stop < 0 ? text : text[..stop]);
            if (stop < 0)
                return;
            if (text[stop] == '\n')
                writer.Write("\\n"u8);
            else if (text[stop] == '\r')
                writer.Write("\\r"u8);
            else
                WriteSpecial(ref writer, text[stop]);
            text = text[(stop + 1)..];
        }
    }

    /// <summary>Writes an extension value if it needs no escape, else nothing.</summary>
    public static bool TryWritePlainValue(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text) => TryWritePlain(ref writer, text, (byte)'=');

    private static bool TryWritePlain(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text, byte mark)
    {
        bool plain = CefPlainText.TryCopy(text, writer.Reserve(text.Length), mark);
        if (plain)
            writer.Advance(text.Length);
        return plain;
    }

    private static void WriteSpecial(ref Utf8Writer writer, byte special)
    {
        if (special is < 0x20 or 0x7F)
        {
            writer.Write((byte)' ');
            return;
        }

        writer.Write((byte)'\\');
        writer.Write(special);
    }

    private static IEnumerable<byte> Controls() => Enumerable.Range(0, 0x20).Append(0x7F).Select(static code => (byte)code);
}
