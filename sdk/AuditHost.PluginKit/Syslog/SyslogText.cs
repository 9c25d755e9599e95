using System.Buffers;
using AuditHost.PluginKit.Text;

namespace AuditHost.PluginKit.Syslog;

/// <summary>The character rules of syslog's parts.</summary>
public static class SyslogText
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. ControlCodes()]);
    private static readonly SearchValues<byte> ValueSpecials = SearchValues.Create([.. ControlCodes(), (byte)'"', (byte)'\\', (byte)']']);

    /// <summary>Writes text for the message itself: controls become spaces, so it stays on its line.</summary>
    public static void WriteMessage(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int stop = text.IndexOfAny(Controls);
            writer.Write(stop < 0 ? text : text[..stop]);
            if (stop < 0)
                return;
            writer.Write((byte)' ');
            text = text[(stop + 1)..];
        }
    }

    /// <summary>Writes a header field: printable ASCII only, anything else left out, cut at the limit.</summary>
    /// <returns>Whether anything was left to write.</returns>
    internal static bool WriteName(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text, int limit)
    {
        int written = 0;
        foreach (byte character in text)
        {
            if (written == limit)
                break;
            if (character is <= 32 or >= 127)
                continue;
            writer.Write(character);
            written++;
        }

        return written > 0;
    }

    /// <summary>Writes the inside of a parameter's quotes: three characters are escaped, controls become spaces.</summary>
    internal static void WriteParameterValue(ref Utf8Writer writer, scoped ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int stop = text.IndexOfAny(ValueSpecials);
            writer.Write(stop < 0 ? text : text[..stop]);
            if (stop < 0)
                return;
            byte special = text[stop];
            bool control = special is < 0x20 or 0x7F;
            if (!control)
                writer.Write((byte)'\\');
            writer.Write(control ? (byte)' ' : special);
            text = text[(stop + 1)..];
        }
    }

    private static IEnumerable<byte> ControlCodes() => Enumerable.Range(0, 0x20).Append(0x7F).Select(static code => (byte)code);
}
