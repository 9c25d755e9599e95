namespace AuditHost.Sdk;

/// <summary>
/// One audit event: its bytes as received and the common envelope, found in a single pass when the event came in.
/// Only the host creates events. Valid as long as the batch it came in; copy what must outlive it.
/// </summary>
public abstract class AuditEvent
{
    /// <summary>The event as received, a UTF-8 JSON object. It may be pretty-printed.</summary>
    public abstract ReadOnlyMemory<byte> Json { get; }

    /// <summary>The position in this host's journal: gapless, rising, never used twice.</summary>
    public abstract ulong Sequence { get; }

    /// <summary>When the host accepted the event.</summary>
    public abstract DateTimeOffset ReceivedAt { get; }

    /// <summary>The event's own id, or the one the host gave it.</summary>
    public abstract EventValue Id { get; }

    /// <summary>The event's type, for instance <c>SecurityEvent</c>. An open set.</summary>
    public abstract EventValue Type { get; }

    /// <summary>The event's time as received; missing where it has none.</summary>
    public abstract EventValue Timestamp { get; }

    /// <summary>The event's time, to 100 ns; the time of receipt where the event has none that can be read.</summary>
    public abstract DateTimeOffset Time { get; }

    /// <summary>The event's severity, <see cref="Sdk.Severity.Info"/> where it has none.</summary>
    public abstract Severity Severity { get; }

    /// <summary>The component that wrote the event.</summary>
    public abstract EventValue Source { get; }

    /// <summary>Who acted.</summary>
    public abstract EventValue User { get; }

    /// <summary>The machine it happened on.</summary>
    public abstract EventValue Host { get; }

    /// <summary>The operation this event belongs to, for correlation.</summary>
    public abstract EventValue Operation { get; }

    /// <summary>The classification of the data concerned, for instance <c>PHI</c>.</summary>
    public abstract EventValue Classification { get; }

    /// <summary>The compliance regimes concerned, a JSON array of strings.</summary>
    public abstract EventValue ComplianceProfiles { get; }

    /// <summary>Looks up one value by a dotted path such as <c>payload.data.access_result</c>.</summary>
    /// <returns>The value; of kind <see cref="EventValueKind.Missing"/> where there is none.</returns>
    public abstract EventValue Find(string path);
}
