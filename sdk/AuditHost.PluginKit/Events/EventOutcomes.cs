using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>Reads the outcome from events of copybook-rs, which have it under another name in each type. Allocates nothing.</summary>
public static class EventOutcomes
{
    /// <summary>The outcome of an event; of a type that is not known here it is <see cref="EventOutcome.Unknown"/>.</summary>
    public static EventOutcome Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        EventValue type = auditEvent.Type;
        if (type.Equals("AccessEvent"u8))
            return OfResult(auditEvent.Find("payload.data.access_result"));
        if (type.Equals("CopybookParse"u8))
            return OfResult(auditEvent.Find("payload.data.parse_result"));
        if (type.Equals("DataTransformation"u8))
            return OfResult(auditEvent.Find("payload.data.transformation_result"));
        if (type.Equals("DataValidation"u8) || type.Equals("ComplianceCheck"u8))
            return OfResult(auditEvent.Find("payload.data.validation_result"));
        if (type.Equals("SecurityEvent"u8))
            return OfSecurityEvent(auditEvent.Find("payload.data.security_event_type"));
        if (type.Equals("ErrorEvent"u8))
            return EventOutcome.Failure;
        return type.Equals("ConfigurationChange"u8) ? EventOutcome.Success : EventOutcome.Unknown;
    }

    private static EventOutcome OfResult(EventValue result)
    {
        if (result.Equals("Success"u8) || result.Equals("SuccessWithWarnings"u8) || result.Equals("PartialSuccess"u8)
            || result.Equals("Valid"u8) || result.Equals("ValidWithWarnings"u8) || result.Equals("Compliant"u8))
            return EventOutcome.Success;
        return result.Equals("Failed"u8) || result.Equals("Denied"u8) || result.Equals("Invalid"u8) || result.Equals("NonCompliant"u8)
            ? EventOutcome.Failure
            : EventOutcome.Unknown;
    }

    // The others are findings: whether what was found succeeded is not for this event to say.
    private static EventOutcome OfSecurityEvent(EventValue kind) =>
        kind.Equals("AuthenticationFailure"u8) || kind.Equals("AuthorizationFailure"u8) ? EventOutcome.Failure : EventOutcome.Unknown;
}
