namespace AuditHost.Configuration.Keys;

/// <summary><c>performance.integration_monitoring</c>.</summary>
internal static class MonitoringKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "Whether destinations are probed.");
    public static readonly ScalarKey<TimeSpan> HealthCheckInterval = new(
        "health_check_interval_seconds", Kinds.Span(1, 86_400), "The time between two probes.");
    public static readonly ScalarKey<TimeSpan> StalledAfter = new(
        "stalled_after_seconds", Kinds.Span(0, 604_800), "After how long without progress a destination with waiting events makes /health/ready red; 0: never.");
    public static readonly ScalarKey<bool> PerformanceMetrics = new(
        "performance_metrics_enabled", Kinds.Boolean, "Whether each destination has its own histograms.");

    public static readonly KeySet Set = new(Enabled, HealthCheckInterval, StalledAfter, PerformanceMetrics);
}
