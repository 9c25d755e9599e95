namespace AuditHost.Configuration.Options;

/// <summary><c>performance.integration_monitoring</c>: the host's look at its destinations.</summary>
internal sealed record MonitoringOptions
{
    public bool Enabled { get; init; } = true;

    public TimeSpan HealthCheckInterval { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>After how long a destination is stalled whose cursor does not move while events wait; zero: never. A destination may have its own.</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Whether each destination has its own latency histograms.</summary>
    public bool PerformanceMetrics { get; init; } = true;
}
