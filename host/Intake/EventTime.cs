using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.Intake;

/// <summary>
/// Reads an event's time: RFC 3339 with any number of fraction digits, or a Unix time in seconds, milliseconds, microseconds or
/// nanoseconds. By hand, because the framework's UTF-8 parsers take no more than seven fraction digits and copybook-rs writes nine.
/// </summary>
internal static class EventTime
{
    private const int SecondsLength = 19;

    public static bool TryParse(EventValue value, out long utcTicks) => value.Kind switch
    {
        EventValueKind.String => TryParseRfc3339(value.Raw, out utcTicks),
        EventValueKind.Number => TryParseUnix(value.Raw, out utcTicks),
        _ => Fail(out utcTicks),
    };

    private static bool TryParseRfc3339(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length <= SecondsLength || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':'
            || (text[10] != 'T' && text[10] != 't' && text[10] != ' '))
            return false;
        if (!Digits(text, 0, 4, out int year) || !Digits(text, 5, 2, out int month) || !Digits(text, 8, 2, out int day)
            || !Digits(text, 11, 2, out int hour) || !Digits(text, 14, 2, out int minute) || !Digits(text, 17, 2, out int second))
            return false;
        if (year is < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
            return false;

        long ticks = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks;
        ReadOnlySpan<byte> rest = text[SecondsLength..];
        if (rest[0] is (byte)'.' or (byte)',')
        {
            rest = rest[1..];
            long unit = TimeSpan.TicksPerSecond / 10;
            int digits = 0;
            while (digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9')
            {
                ticks += (rest[digits++] - '0') * unit;
                unit /= 10;
            }

            if (digits == 0)
                return false;
            rest = rest[digits..];
        }

        if (!TryReadOffset(rest, out long offset))
            return false;
        ticks -= offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        utcTicks = ticks;
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 1)
            return text[0] is (byte)'Z' or (byte)'z';
        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-'))
            return false;
        int minutesAt = text.Length == 6 ? 4 : 3;
        if ((text.Length == 6 && text[3] != ':') || !Digits(text, 1, 2, out int hours) || !Digits(text, minutesAt, 2, out int minutes)
            || hours > 23 || minutes > 59)
            return false;
        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute;
        if (text[0] == '-')
            ticks = -ticks;
        return true;
    }

    private static bool TryParseUnix(ReadOnlySpan<byte> text, out long utcTicks)
    {
        if (!Utf8Parser.TryParse(text, out decimal number, out int consumed) || consumed != text.Length || number < 0)
            return Fail(out utcTicks);

        // The magnitude tells the unit: seconds reach 1e11 in the year 5138, and nobody logs milliseconds of 1973.
        decimal ticksPerUnit = number switch
        {
            < 1e11m => TimeSpan.TicksPerSecond,
            < 1e14m => TimeSpan.TicksPerMillisecond,
            < 1e17m => TimeSpan.TicksPerMicrosecond,
            < 1e20m => 0.01m,
            _ => 0,
        };
        decimal ticks = DateTime.UnixEpoch.Ticks + (number * ticksPerUnit);
        if (ticksPerUnit == 0 || ticks > DateTime.MaxValue.Ticks)
            return Fail(out utcTicks);
        utcTicks = (long)ticks;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        foreach (byte digit in text.Slice(start, count))
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    private static bool Fail(out long utcTicks)
    {
        utcTicks = 0;
        return false;
    }
}
