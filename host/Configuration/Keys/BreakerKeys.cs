namespace AuditHost.Configuration.Keys;

/// <summary><c>circuit_breaker</c>.</summary>
internal static class BreakerKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "Whether there is a breaker.");
    public static readonly ScalarKey<int> FailureThreshold = new(
        "failure_threshold", Kinds.Integer(1, 1000), "Consecutive failures that open it.");
    public static readonly ScalarKey<TimeSpan> Pause = new("timeout_seconds", Kinds.Span(0.1, 86_400), "How long it stays open.");
    public static readonly ScalarKey<int> HalfOpenMaxCalls = new(
        "half_open_max_calls", Kinds.Integer(1, 1000), "Calls that try the destination after the pause.");

    public static readonly KeySet Set = new(Enabled, FailureThreshold, Pause, HalfOpenMaxCalls);
}
