namespace AuditHost.Configuration.Options;

/// <summary>The connections to one destination.</summary>
internal sealed record ConnectionPoolOptions
{
    public int MaxConnections { get; init; } = 10;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(300);
}
