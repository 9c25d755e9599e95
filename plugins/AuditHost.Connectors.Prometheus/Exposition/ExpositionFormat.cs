namespace AuditHost.Connectors.Prometheus.Exposition;

/// <summary>The two text formats of Prometheus.</summary>
internal enum ExpositionFormat
{
    /// <summary>The text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,
}
