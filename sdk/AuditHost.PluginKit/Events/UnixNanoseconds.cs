using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>Times in nanoseconds since 1970. 0 is OTLP's word for a time that is not known, and for those that do not fit.</summary>
public static class UnixNanoseconds
{
    /// <summary>A time.</summary>
    public static ulong Of(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return ticks is > 0 and < long.MaxValue / Nanoseconds.PerTick ? (ulong)ticks * Nanoseconds.PerTick : 0;
    }

    /// <summary>An event's own time, to the nanosecond where it was written to the nanosecond.</summary>
    public static ulong Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ulong known = Of(auditEvent.Time);
        return known == 0 ? 0 : known + (ulong)Nanoseconds.BelowTick(auditEvent);
    }
}
