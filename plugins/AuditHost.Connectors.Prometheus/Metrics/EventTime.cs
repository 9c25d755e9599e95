using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Reads the times that copybook-rs writes: RFC 3339 with any number of digits behind the second.</summary>
internal static class EventTime
{
    private const int SecondsLength = 19;

    /// <summary>The ticks of a time; <see langword="false"/> for what is none, and for the epoch, by which copybook-rs means unknown.</summary>
    public static bool TryRead(EventValue value, out long ticks)
    {
        ticks = 0;
        ReadOnlySpan<byte> text = value.Raw;
        if (value.Kind != EventValueKind.String || text.Length <= SecondsLength || text[10] is not ((byte)'T' or (byte)'t' or (byte)' '))
            return false;
        if (!TryNumber(text[..4], out int year) || !TryNumber(text[5..7], out int month) || !TryNumber(text[8..10], out int day)
            || !TryNumber(text[11..13], out int hour) || !TryNumber(text[14..16], out int minute) || !TryNumber(text[17..19], out int second)
            || year is < 1970 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        int at = SecondsLength;
        long fraction = ReadFraction(text, ref at);
        if (!TryReadOffset(text[at..], out long offset))
            return false;
        ticks = new DateTime(year, month, day).Ticks + (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute)
            + (second * TimeSpan.TicksPerSecond) + fraction - offset;
        return ticks > DateTime.UnixEpoch.Ticks;
    }

    private static long ReadFraction(ReadOnlySpan<byte> text, ref int at)
    {
        if (at >= text.Length || text[at] != '.')
            return 0;
        long fraction = 0;
        long unit = TimeSpan.TicksPerSecond / 10;
        for (at++; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, unit /= 10)
            fraction += (text[at] - '0') * unit;
        return fraction;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || !TryNumber(text[1..3], out int hours) || !TryNumber(text[4..], out int minutes))
            return false;
        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out int consumed) && consumed == digits.Length && digits[0] is >= (byte)'0' and <= (byte)'9';
}
