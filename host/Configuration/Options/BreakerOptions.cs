namespace AuditHost.Configuration.Options;

/// <summary>The circuit breaker: consecutive failures open it, a pause follows, then a few calls try the water.</summary>
internal sealed record BreakerOptions
{
    public bool Enabled { get; init; } = true;

    public int FailureThreshold { get; init; } = 5;

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(60);

    public int HalfOpenMaxCalls { get; init; } = 3;
}
