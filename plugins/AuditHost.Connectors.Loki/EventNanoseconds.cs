using AuditHost.PluginKit.Events;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>Nanoseconds since 1970. A time of .NET has steps of 100; the last two digits are in the text that was received.</summary>
internal static class EventNanoseconds
{
    /// <summary>The event's own time.</summary>
    public static long Of(AuditEvent auditEvent) => Of(auditEvent.Time) + Nanoseconds.BelowTick(auditEvent);

    /// <summary>A time that 64 bits cannot hold becomes the nearest that they can, which Loki refuses as it would the other.</summary>
    public static long Of(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return Math.Clamp(ticks, long.MinValue / Nanoseconds.PerTick, (long.MaxValue / Nanoseconds.PerTick) - 1) * Nanoseconds.PerTick;
    }
}
