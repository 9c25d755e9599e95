namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>A label of a series, in UTF-8.</summary>
internal readonly record struct Label(byte[] Name, byte[] Value);
