namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>What Prometheus is told about a family.</summary>
internal enum MetricType
{
    /// <summary>Nothing: <c>untyped</c> in the text format, <c>unknown</c> in OpenMetrics. For counters whose given name may not be one's.</summary>
    Unknown,

    Counter,

    Gauge,

    Histogram,
}
