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
