using AuditHost.PluginKit.Metrics;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>The label <c>event_type</c>. The types of copybook-rs always have a place in it.</summary>
internal static class EventTypeLabel
{
    public static LabelValues Values() => new(
        MetricLimits.LabelValues,
        "CopybookParse",
        "DataValidation",
        "DataTransformation",
        "PerformanceMeasurement",
        "ComplianceCheck",
        "SecurityEvent",
        "LineageTracking",
        "ErrorEvent",
        "AccessEvent",
        "ConfigurationChange");
}
