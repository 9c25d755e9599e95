namespace AuditHost.Configuration.Options;

/// <summary><c>performance.integration_monitoring</c>: the host's look at its destinations.</summary>
internal sealed record MonitoringOptions
{
    public bool Enabled { get; init; } = true;

    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Whether each destination has its own latency histograms.</summary>
    public bool PerformanceMetrics { get; init; } = true;
}
