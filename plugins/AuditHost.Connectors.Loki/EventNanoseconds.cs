using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>Nanoseconds since 1970. A time of .NET has steps of 100; the last two digits are in the text that was received.</summary>
internal static class EventNanoseconds
{
    private const int PerTick = 100;

    /// <summary>Digits of a fraction that a tick holds.</summary>
    private const int TickDigits = 7;

    /// <summary>The event's own time.</summary>
    public static long Of(AuditEvent auditEvent) => Of(auditEvent.Time) + RestOf(auditEvent.Timestamp);

    /// <summary>A time that 64 bits cannot hold becomes the nearest that they can, which Loki refuses as it would the other.</summary>
    public static long Of(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return Math.Clamp(ticks, long.MinValue / PerTick, (long.MaxValue / PerTick) - 1) * PerTick;
    }

    private static int RestOf(EventValue timestamp)
    {
        if (timestamp.Kind != EventValueKind.String)
            return 0;
        ReadOnlySpan<byte> fraction = timestamp.Raw[(timestamp.Raw.IndexOf((byte)'.') + 1)..];
        return (10 * Digit(fraction, TickDigits)) + Digit(fraction, TickDigits + 1);
    }

    /// <summary>A digit behind others that are all digits; 0 where there is none.</summary>
    private static int Digit(ReadOnlySpan<byte> fraction, int place) =>
        fraction.Length > place && !fraction[..(place + 1)].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? fraction[place] - '0' : 0;
}
