using System.Buffers.Binary;
using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>
/// Fluentd's time: extension type 0 of 8 bytes, the seconds since 1970 and the nanoseconds, each as 32 bits (Forward protocol
/// specification v1, "EventTime Ext Format").
/// </summary>
internal static class EventTime
{
    private const int Bytes = 10;

    public static void Write(AuditEvent auditEvent, MessagePackBuffer output)
    {
        (long seconds, long ticks) = Since1970(auditEvent.Time);
        long nanoseconds = (ticks * Nanoseconds.PerTick) + Nanoseconds.BelowTick(auditEvent);
        if (seconds is <= 0 or > uint.MaxValue)
        {
            // Fluentd takes 0 for now, and there is nothing before; the record has the event's own words.
            (seconds, ticks) = Since1970(auditEvent.ReceivedAt);
            nanoseconds = ticks * Nanoseconds.PerTick;
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
}
