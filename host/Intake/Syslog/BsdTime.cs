using System.Globalization;
using System.Text;

namespace AuditHost.Intake.Syslog;

/// <summary>The time of RFC 3164, <c>Nov  6 23:05:59</c>: local to the sender, and without a year.</summary>
internal static class BsdTime
{
    private const int Length = 15;

    /// <summary>Whether bytes begin with such a time.</summary>
    public static bool Looks(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length && bytes[3] == ' ' && bytes[6] == ' ' && bytes[9] == ':' && bytes[12] == ':' && char.IsAsciiLetter((char)bytes[0]);

    /// <summary>Reads it as a time of this machine's zone, in the year that puts it nearest to now.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset time)
    {
        time = default;
        DateTimeOffset local = TimeZoneInfo.ConvertTime(now, zone);
        TimeSpan nearest = TimeSpan.MaxValue;
        foreach (int year in (ReadOnlySpan<int>)[local.Year - 1, local.Year, local.Year + 1])
        {
            // A leap day exists in its year alone.
            string text = string.Create(CultureInfo.InvariantCulture, $"{year:D4} {Encoding.ASCII.GetString(bytes)}");
            if (!DateTime.TryParseExact(text, ["yyyy MMM dd HH:mm:ss", "yyyy MMM  d HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime parsed))
                continue;
            var candidate = new DateTimeOffset(parsed, zone.GetUtcOffset(parsed));
            TimeSpan distance = (candidate - now).Duration();
            if (distance < nearest)
                (time, nearest) = (candidate, distance);
        }

        return nearest != TimeSpan.MaxValue;
    }
}
