namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>What keeps a metric small, whatever events hold.</summary>
internal static class MetricLimits
{
    /// <summary>The most values of a label in one family, <c>other</c> among them.</summary>
    public const int LabelValues = 50;
}
