using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>The types of copybook-rs events whose payload has figures.</summary>
internal enum EventKind
{
    Other,
    CopybookParse,
    DataValidation,
    DataTransformation,
    PerformanceMeasurement,
    ComplianceCheck,
    SecurityEvent,
}

internal static class EventKinds
{
    public static EventKind Of(EventValue type) => type.Raw.Length switch
    {
        13 when type.Equals("CopybookParse"u8) => EventKind.CopybookParse,
        13 when type.Equals("SecurityEvent"u8) => EventKind.SecurityEvent,
        14 when type.Equals("DataValidation"u8) => EventKind.DataValidation,
        15 when type.Equals("ComplianceCheck"u8) => EventKind.ComplianceCheck,
        18 when type.Equals("DataTransformation"u8) => EventKind.DataTransformation,
        22 when type.Equals("PerformanceMeasurement"u8) => EventKind.PerformanceMeasurement,
        _ => EventKind.Other,
    };
}
