using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>The part of an event's time that .NET has no place for: its times have steps of 100 nanoseconds.</summary>
public static class Nanoseconds
{
    /// <summary>The nanoseconds in a step of .NET's times.</summary>
    public const int PerTick = 100;

    /// <summary>A fraction of seconds begins here in RFC 3339, and its eighth digit, which no step holds, stands so far behind.</summary>
    private const int FractionStart = 19;
    private const int EighthDigit = FractionStart + 8;

    /// <summary>What <see cref="AuditEvent.Time"/> lacks, 0 to 99: the eighth and ninth digit of the fraction in the text that was received.</summary>
    public static int BelowTick(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        EventValue timestamp = auditEvent.Timestamp;
        ReadOnlySpan<byte> text = timestamp.Raw;

        // RFC 3339 leaves a comma to ISO 8601, and the host reads both.
        if (timestamp.Kind != EventValueKind.String || text.Length <= EighthDigit || text[FractionStart] is not ((byte)'.' or (byte)','))
            return 0;
        ReadOnlySpan<byte> fraction = text[(FractionStart + 1)..];
        int digits = fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits >= 0)
            fraction = fraction[..digits];
        return (10 * DigitAt(fraction, EighthDigit - FractionStart - 1)) + DigitAt(fraction, EighthDigit - FractionStart);
    }

    private static int DigitAt(ReadOnlySpan<byte> digits, int place) => place < digits.Length ? digits[place] - '0' : 0;
}
