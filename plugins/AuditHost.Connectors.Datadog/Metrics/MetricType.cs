namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>The types of series, by their numbers in the metrics API v2.</summary>
internal enum MetricType
{
    Count = 1,
    Gauge = 3,
}
