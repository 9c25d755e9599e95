using System.Buffers.Text;
using AuditHost.PluginKit.Text;

namespace AuditHost.PluginKit.Syslog;

/// <summary>The two forms of time, both in UTC.</summary>
internal static class SyslogTime
{
    /// <summary>RFC 3339 with the six fraction digits that RFC 5424 allows at most.</summary>
    public static void Write5424(ref Utf8Writer writer, DateTimeOffset time)
    {
        const int RoundTripLength = 28;
        Span<byte> text = stackalloc byte[RoundTripLength];
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        writer.Write(text[..^2]);
        writer.Write((byte)'Z');
    }

    /// <summary><c>Mmm dd hh:mm:ss</c>, the day padded with a space. There is no room for a zone.</summary>
    public static void Write3164(ref Utf8Writer writer, DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        writer.Write("JanFebMarAprMayJunJulAugSepOctNovDec"u8.Slice((utc.Month - 1) * 3, 3));
        writer.Write(utc.Day < 10 ? "  "u8 : " "u8);
        writer.WriteNumber(utc.Day);
        WriteTwoDigits(ref writer, (byte)' ', utc.Hour);
        WriteTwoDigits(ref writer, (byte)':', utc.Minute);
        WriteTwoDigits(ref writer, (byte)':', utc.Second);
    }

    private static void WriteTwoDigits(ref Utf8Writer writer, byte before, int number)
    {
        writer.Write(before);
        writer.Write((byte)('0' + (number / 10)));
        writer.Write((byte)('0' + (number % 10)));
    }
}
