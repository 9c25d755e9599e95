using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Formats.Ocsf;

/// <summary>
/// Chooses the class of an event. A class is taken only where the event has what OCSF requires of it; the base event, which requires
/// nothing, takes all others. Nothing is made up to fill a required attribute.
/// </summary>
internal static class OcsfClassifier
{
    public static OcsfActivity Classify(AuditEvent auditEvent)
    {
        EventValue type = auditEvent.Type;
        if (type.Equals("SecurityEvent"u8))
            return OfSecurityEvent(auditEvent);
        if (type.Equals("ComplianceCheck"u8))
            return new OcsfActivity(OcsfClass.ComplianceFinding, 1, "Create"u8);
        if (type.Equals("ErrorEvent"u8))
            return new OcsfActivity(OcsfClass.ApplicationError, 1, "General Error"u8);
        if (type.Equals("ConfigurationChange"u8) && JsonWriter.IsText(auditEvent.Find("payload.data.component")))
            return OfChange(auditEvent.Find("payload.data.change_type"), type);
        if (!OcsfParties.HasActor(auditEvent) || !OcsfParties.HasSource(auditEvent))
            return OfOther(type);
        if (type.Equals("AccessEvent"u8))
            return OcsfAccess.Classify(auditEvent);
        if (type.Equals("CopybookParse"u8))
            return new OcsfActivity(OcsfClass.ApiActivity, 2, "Read"u8);
        if (type.Equals("DataValidation"u8))
            return new OcsfActivity(OcsfClass.ApiActivity, OcsfActivity.Other, "Validate"u8);
        if (type.Equals("DataTransformation"u8))
            return Named(OcsfClass.ApiActivity, auditEvent.Find("payload.data.operation"), "Transform"u8);
        if (type.Equals("PerformanceMeasurement"u8))
            return new OcsfActivity(OcsfClass.ApiActivity, OcsfActivity.Other, "Measure"u8);
        return type.Equals("LineageTracking"u8)
            ? new OcsfActivity(OcsfClass.ApiActivity, OcsfActivity.Other, "Track lineage"u8)
            : OfOther(type);
    }

    /// <summary>The activity «other» under the name that the event has for it.</summary>
    public static OcsfActivity Named(OcsfClass eventClass, EventValue name, ReadOnlySpan<byte> otherwise) => JsonWriter.IsText(name)
        ? new OcsfActivity(eventClass, OcsfActivity.Other, name)
        : new OcsfActivity(eventClass, OcsfActivity.Other, otherwise);

    private static OcsfActivity OfOther(EventValue type) => Named(OcsfClass.BaseEvent, type, "Audit"u8);

    private static OcsfActivity OfSecurityEvent(AuditEvent auditEvent) =>
        auditEvent.Find("payload.data.security_event_type").Equals("AuthenticationFailure"u8)
        && JsonWriter.IsText(auditEvent.User) && (JsonWriter.IsText(auditEvent.Source) || JsonWriter.IsText(auditEvent.Host))
            ? new OcsfActivity(OcsfClass.Authentication, 1, "Logon"u8)
            : new OcsfActivity(OcsfClass.DetectionFinding, 1, "Create"u8);

    private static OcsfActivity OfChange(EventValue change, EventValue type)
    {
        if (change.Equals("Create"u8))
            return new OcsfActivity(OcsfClass.EntityManagement, 1, "Create"u8);
        if (change.Equals("Update"u8))
            return new OcsfActivity(OcsfClass.EntityManagement, 3, "Update"u8);
        return change.Equals("Delete"u8)
            ? new OcsfActivity(OcsfClass.EntityManagement, 4, "Delete"u8)
            : Named(OcsfClass.EntityManagement, change, type.Raw);
    }
}
