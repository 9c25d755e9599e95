using System.Buffers.Binary;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>
/// Fluentd's time: extension type 0 of 8 bytes, the seconds since 1970 and the nanoseconds, each as 32 bits (Forward protocol
/// specification v1, "EventTime Ext Format").
/// </summary>
internal static class EventTime
{
    private const int Bytes = 10;
    private const int NanosecondsPerTick = 100;
    private const int TickDigits = 7;

    public static void Write(AuditEvent auditEvent, MessagePackBuffer output)
    {
        (long seconds, long ticks) = Since1970(auditEvent.Time);
        long nanoseconds = (ticks * NanosecondsPerTick) + BeyondTicks(auditEvent.Timestamp.Raw);
        if (seconds is <= 0 or > uint.MaxValue)
        {
            // Fluentd takes 0 for now, and there is nothing before; the record has the event's own words.
            (seconds, ticks) = Since1970(auditEvent.ReceivedAt);
            nanoseconds = ticks * NanosecondsPerTick;
        }

        Span<byte> target = output.GetSpan(Bytes);
        target[0] = 0xD7;
        target[1] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(target[2..], (uint)seconds);
        BinaryPrimitives.WriteUInt32BigEndian(target[6..], (uint)nanoseconds);
        output.Advance(Bytes);
    }

    private static (long Seconds, long Ticks) Since1970(DateTimeOffset time) =>
        Math.DivRem(time.UtcTicks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);

    /// <summary>The eighth and ninth digit of a second's fraction, which the parsed time does not hold.</summary>
    private static int BeyondTicks(ReadOnlySpan<byte> timestamp)
    {
        int point = timestamp.IndexOf((byte)'.');
        if (point < 0)
            return 0;
        ReadOnlySpan<byte> fraction = timestamp[(point + 1)..];
        return (DigitAt(fraction, TickDigits) * 10) + DigitAt(fraction, TickDigits + 1);
    }

    private static int DigitAt(ReadOnlySpan<byte> fraction, int index) =>
        index < fraction.Length && !fraction[..(index + 1)].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? fraction[index] - '0' : 0;
}
