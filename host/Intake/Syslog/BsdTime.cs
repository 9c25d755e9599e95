namespace AuditHost.Intake.Syslog;

/// <summary>The time of RFC 3164, <c>Nov  6 23:05:59</c>: local to the sender, and without a year.</summary>
internal static class BsdTime
{
    public const int Length = 15;

    /// <summary>Whether bytes begin with such a time.</summary>
    public static bool Looks(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length && bytes[3] == ' ' && bytes[6] == ' ' && bytes[9] == ':' && bytes[12] == ':' && MonthOf(bytes) > 0;

    /// <summary>Reads it as a time of this machine's zone, in the year that puts it nearest to now.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = default;
        int month = MonthOf(bytes);
        if (!TryTwoDigits(bytes[4..], out int day) || !TryTwoDigits(bytes[7..], out int hour) || !TryTwoDigits(bytes[10..], out int minute)
            || !TryTwoDigits(bytes[13..], out int second) || month == 0 || day == 0 || hour > 23 || minute > 59 || second > 60)
            return false;
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        DateTime? nearest = null;
        for (int year = local.Year - 1; year <= local.Year + 1; year++)
        {
            // A leap day exists in its year alone.
            if (day > DateTime.DaysInMonth(year, month))
                continue;
            var candidate = new DateTime(year, month, day, hour, minute, Math.Min(second, 59));
            if (nearest is not { } other || (candidate - local).Duration() < (other - local).Duration())
                nearest = candidate;
        }

        if (nearest is not { } found)
            return false;
        time = new DateTimeOffset(found, zone.GetUtcOffset(found));
        return true;
    }

    /// <summary>0 where there is no such month.</summary>
    private static int MonthOf(ReadOnlySpan<byte> bytes)
    {
        int index = "JanFebMarAprMayJunJulAugSepOctNovDec"u8.IndexOf(bytes[..3]);
        return index % 3 == 0 ? (index / 3) + 1 : 0;
    }

    private static bool TryTwoDigits(ReadOnlySpan<byte> bytes, out int number)
    {
        int tens = bytes[0] == ' ' ? 0 : bytes[0] - '0';
        int ones = bytes[1] - '0';
        number = (10 * tens) + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }
}
