namespace AuditHost.Configuration.Keys;

/// <summary><c>enterprise_integration.performance</c>.</summary>
internal static class PerformanceKeys
{
    public static readonly MappingKey ConnectionPool = new("connection_pool", ConnectionPoolKeys.Set, "The connections to each destination.");
    public static readonly MappingKey RetryPolicy = new("retry_policy", RetryKeys.Set, "One round of attempts.");
    public static readonly MappingKey CircuitBreaker = new("circuit_breaker", BreakerKeys.Set, "The circuit breaker of each destination.");
    public static readonly MappingKey Monitoring = new("integration_monitoring", MonitoringKeys.Set, "The host's look at its destinations.");

    public static readonly KeySet Set = new(ConnectionPool, RetryPolicy, CircuitBreaker, Monitoring);
}
