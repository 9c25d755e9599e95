using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>What happened, in the one word that events of copybook-rs have for it. Free text is none of it: it may hold data.</summary>
public static class AlertDetail
{
    /// <summary>The word; of kind <see cref="EventValueKind.Missing"/> where the event has none.</summary>
    public static EventValue Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        EventValue detail = auditEvent.Find("payload.data.security_event_type");
        if (!detail.HasValue)
            detail = auditEvent.Find("payload.data.error_code");
        if (!detail.HasValue)
            detail = auditEvent.Find("payload.data.access_result");
        if (!detail.HasValue)
            detail = auditEvent.Find("payload.data.validation_result");
        return detail.HasValue ? detail : auditEvent.Find("payload.data.change_type");
    }
}
