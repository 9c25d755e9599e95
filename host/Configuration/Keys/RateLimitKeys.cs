namespace AuditHost.Configuration.Keys;

/// <summary><c>rate_limiting</c>.</summary>
internal static class RateLimitKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "Whether there is a limit.");
    public static readonly ScalarKey<int> EventsPerSecond = new(
        "max_events_per_second", Kinds.Integer(1, 10_000_000), "Events per second.");
    public static readonly ScalarKey<int> Burst = new(
        "burst_capacity", Kinds.Integer(1, 100_000_000), "Events that may pass at once after a quiet time.");

    public static readonly KeySet Set = new(Enabled, EventsPerSecond, Burst);
}
