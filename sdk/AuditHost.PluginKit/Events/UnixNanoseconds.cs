using System.Buffers.Text;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>Times in nanoseconds since 1970. 0 is OTLP's word for a time that is not known, and for those that do not fit.</summary>
public static class UnixNanoseconds
{
    private const int PerTick = 100;

    /// <summary>A fraction of seconds begins here in RFC 3339, and its seven digits that fit a tick end at the second.</summary>
    private const int FractionStart = 19;
    private const int BelowTick = FractionStart + 8;

    /// <summary>A time.</summary>
    public static ulong Of(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return ticks is > 0 and < long.MaxValue / PerTick ? (ulong)ticks * PerTick : 0;
    }

    /// <summary>An event's own time, to the nanosecond where it was written to the nanosecond.</summary>
    public static ulong Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ulong known = Of(auditEvent.Time);
        return known == 0 ? 0 : known + BelowTicks(auditEvent.Timestamp);
    }

    private static uint BelowTicks(EventValue timestamp)
    {
        ReadOnlySpan<byte> text = timestamp.Raw;
        return timestamp.Kind == EventValueKind.String
            && text.Length > BelowTick + 2
            && text[FractionStart] is (byte)'.' or (byte)','
            && Utf8Parser.TryParse(text.Slice(BelowTick, 2), out uint below, out int digits)
            && digits == 2
            ? below
            : 0;
    }
}
