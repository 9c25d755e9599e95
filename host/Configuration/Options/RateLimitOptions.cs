namespace AuditHost.Configuration.Options;

/// <summary>A token bucket, counted in events.</summary>
internal sealed record RateLimitOptions
{
    public int EventsPerSecond { get; init; } = 1000;

    public int Burst { get; init; } = 5000;
}
