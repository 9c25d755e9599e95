namespace AuditHost.Configuration.Keys;

/// <summary><c>retry_policy</c>.</summary>
internal static class RetryKeys
{
    public static readonly ScalarKey<TimeSpan> InitialDelay = new("initial_delay_ms", Kinds.Span(0.001, 3600), "The first delay.");
    public static readonly ScalarKey<TimeSpan> MaxDelay = new("max_delay_ms", Kinds.Span(0.001, 86_400), "The longest delay.");
    public static readonly ScalarKey<double> Multiplier = new(
        "multiplier", Kinds.NumberFrom(1, 100), "By what the delay grows from one attempt to the next.");
    public static readonly ScalarKey<int> MaxAttempts = new(
        "max_attempts", Kinds.Integer(1, 1000), "Attempts in one round. No number of them loses an event.");

    public static readonly KeySet Set = new(InitialDelay, MaxDelay, Multiplier, MaxAttempts);
}
