namespace AuditHost.Configuration.Keys;

/// <summary><c>enterprise_integration.global</c>.</summary>
internal static class GlobalKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "false disables every destination.");

    public static readonly ScalarKey<int> MaxConcurrentDeliveries = new(
        "max_concurrent_deliveries", Kinds.Integer(1, 10_000), "The most deliveries under way at a time over the whole host; each destination has an equal share, and at least one.");

    public static readonly ScalarKey<TimeSpan> DeliveryTimeout = new(
        "delivery_timeout_seconds", Kinds.Span(0.1, 3600), "How long one attempt may take.");

    public static readonly ScalarKey<int> RetryAttempts = new(
        "retry_attempts", Kinds.Integer(1, 1000), "Attempts in one round; performance.retry_policy.max_attempts wins over it.");

    public static readonly ScalarKey<TimeSpan> RetryBackoff = new(
        "retry_backoff_ms", Kinds.Span(0.001, 3600), "The first delay; performance.retry_policy.initial_delay_ms wins over it.");

    public static readonly ScalarKey<TimeSpan> GiveUpAfter = DestinationKeys.GiveUpAfter;

    public static readonly VariantKey EventFilters = new(
        "event_filters", FilterKeys.Variants, "Filters of every destination, besides its own.") { IsList = true };

    public static readonly MappingKey RateLimiting = new("rate_limiting", RateLimitKeys.Set, "The rate limit of each destination.");

    public static readonly KeySet Set = new(
        Enabled, MaxConcurrentDeliveries, DeliveryTimeout, RetryAttempts, RetryBackoff, GiveUpAfter, EventFilters, RateLimiting);
}
