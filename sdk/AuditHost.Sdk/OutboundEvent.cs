using System.Globalization;

namespace AuditHost.Sdk;

/// <summary>One event of a batch with its rendering.</summary>
public readonly struct OutboundEvent
{
    private readonly string _logId;

    /// <summary>Creates an event of a batch; the host and tests do.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="logId">The id of the journal it stands in.</param>
    /// <param name="payload">The event in the destination's format, empty where the connector reads none.</param>
    public OutboundEvent(AuditEvent auditEvent, string logId, ReadOnlyMemory<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        ArgumentNullException.ThrowIfNull(logId);
        Event = auditEvent;
        Payload = payload;
        _logId = logId;
    }

    /// <summary>The event itself.</summary>
    public AuditEvent Event { get; }

    /// <summary>The event in the destination's format, without separator. Empty unless <see cref="BatchContent.Payload"/> was asked for.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>
    /// Names this event at this host for ever: the same on every attempt and after a restart, different for two events even if
    /// their sender gave both the same id. Serves as deduplication or idempotency key.
    /// </summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{_logId}-{Event.Sequence}");
}
