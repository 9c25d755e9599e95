using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;

namespace AuditHost.Configuration.Binding;

/// <summary>
/// Reads the mappings that stand both in the shared sections and in a destination: each returns the given options with what the
/// mapping says laid over them, so that precedence is the order of the calls.
/// </summary>
internal static class SharedBinder
{
    public static RetryOptions Retry(Section? section, RetryOptions below) => section is null ? below : below with
    {
        InitialDelay = section.Get(RetryKeys.InitialDelay, below.InitialDelay),
        MaxDelay = section.Get(RetryKeys.MaxDelay, below.MaxDelay),
        Multiplier = section.Get(RetryKeys.Multiplier, below.Multiplier),
        MaxAttempts = section.Get(RetryKeys.MaxAttempts, below.MaxAttempts),
    };

    public static BreakerOptions Breaker(Section? section, BreakerOptions below) => section is null ? below : below with
    {
        Enabled = section.Get(BreakerKeys.Enabled, below.Enabled),
        FailureThreshold = section.Get(BreakerKeys.FailureThreshold, below.FailureThreshold),
        Pause = section.Get(BreakerKeys.Pause, below.Pause),
        HalfOpenMaxCalls = section.Get(BreakerKeys.HalfOpenMaxCalls, below.HalfOpenMaxCalls),
    };

    public static ConnectionPoolOptions ConnectionPool(Section? section, ConnectionPoolOptions below) => section is null ? below : below with
    {
        MaxConnections = section.Get(ConnectionPoolKeys.MaxConnections, below.MaxConnections),
        ConnectTimeout = section.Get(ConnectionPoolKeys.ConnectTimeout, below.ConnectTimeout),
        KeepAlive = section.Get(ConnectionPoolKeys.KeepAlive, below.KeepAlive),
    };

    /// <summary>A mapping without <c>enabled</c> switches the limit on.</summary>
    public static (bool Enabled, RateLimitOptions Limit) RateLimit(Section? section, (bool Enabled, RateLimitOptions Limit) below) => section is null ? below :
        (section.Get(RateLimitKeys.Enabled, true), below.Limit with
        {
            EventsPerSecond = section.Get(RateLimitKeys.EventsPerSecond, below.Limit.EventsPerSecond),
            Burst = section.Get(RateLimitKeys.Burst, below.Limit.Burst),
        });

    public static TlsOptions Tls(Section? section, TlsOptions below) => section is null ? below : below with
    {
        MinimumVersion = section.Get(TlsKeys.MinimumVersion, below.MinimumVersion),
        VerifyCertificates = section.Get(TlsKeys.VerifyCertificates, below.VerifyCertificates),
        ClientCertificatePath = section.GetFile(TlsKeys.ClientCertificatePath) ?? below.ClientCertificatePath,
        ClientKeyPath = section.GetFile(TlsKeys.ClientKeyPath) ?? below.ClientKeyPath,
        CaCertificatePath = section.GetFile(TlsKeys.CaCertificatePath) ?? below.CaCertificatePath,
    };

    public static MonitoringOptions Monitoring(Section? section) => section is null ? new MonitoringOptions() : new MonitoringOptions
    {
        Enabled = section.Get(MonitoringKeys.Enabled, true),
        HealthCheckInterval = section.Get(MonitoringKeys.HealthCheckInterval, new MonitoringOptions().HealthCheckInterval),
        StalledAfter = section.Get(MonitoringKeys.StalledAfter, new MonitoringOptions().StalledAfter),
        PerformanceMetrics = section.Get(MonitoringKeys.PerformanceMetrics, true),
    };
}
