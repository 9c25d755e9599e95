using AuditHost.Sdk;

namespace AuditHost.PluginKit.Events;

/// <summary>Tells the kinds apart by the type's text, however many types there are and whatever label each got.</summary>
public static class EventKinds
{
    /// <summary>The kind of an event of this type.</summary>
    public static EventKind Of(EventValue type)
    {
        if (type.Equals("CopybookParse"u8))
            return EventKind.CopybookParse;
        if (type.Equals("DataValidation"u8))
            return EventKind.DataValidation;
        if (type.Equals("DataTransformation"u8))
            return EventKind.DataTransformation;
        if (type.Equals("PerformanceMeasurement"u8))
            return EventKind.PerformanceMeasurement;
        if (type.Equals("ComplianceCheck"u8))
            return EventKind.ComplianceCheck;
        return type.Equals("SecurityEvent"u8) ? EventKind.SecurityEvent : EventKind.Other;
    }
}
