namespace AuditHost.Configuration.Options;

/// <summary>One destination with every default filled in: what the file says for it, then what it says for all.</summary>
internal sealed record DestinationOptions
{
    /// <summary>Its key in the file.</summary>
    public required string Name { get; init; }

    /// <summary>The heading it stands under: <c>siem</c>, <c>webhooks</c>, …</summary>
    public required string Section { get; init; }

    /// <summary>The connector: <c>type</c>, or else the key, or <c>webhook</c> under <c>webhooks</c>.</summary>
    public required string Type { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>Where it stands in the file.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>The format's name; <see langword="null"/> leaves it to the connector.</summary>
    public string? Format { get; init; }

    /// <summary>The format's own keys as a UTF-8 JSON object.</summary>
    public ReadOnlyMemory<byte> FormatSettings { get; init; } = "{}"u8.ToArray();

    public TemplateOptions? Template { get; init; }

    /// <summary>All must pass: the global ones unless switched off, then the destination's own.</summary>
    public IReadOnlyList<FilterOptions> Filters { get; init; } = [];

    /// <summary>How events become messages for people; <see langword="null"/>: each is sent as it is.</summary>
    public AlertOptions? Alert { get; init; }

    public BatchOptions Batch { get; init; } = new();

    public RetryOptions Retry { get; init; } = new();

    public BreakerOptions Breaker { get; init; } = new();

    /// <summary><see langword="null"/>: no limit.</summary>
    public RateLimitOptions? RateLimit { get; init; }

    public ConnectionPoolOptions ConnectionPool { get; init; } = new();

    public TlsOptions Tls { get; init; } = new();

    public AuthenticationOptions? Authentication { get; init; }

    /// <summary>An HTTP proxy for this destination; the environment's is never used.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether batches go out strictly one after the other.</summary>
    public bool Ordered { get; init; }

    /// <summary>Batches under way at a time; <see langword="null"/> leaves it to the connector.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Whether the number of calls under way follows what the destination bears; it is never above the most.</summary>
    public bool AdaptiveConcurrency { get; init; } = true;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long without a move of its cursor it is stalled, while events wait; zero: never.</summary>
    public TimeSpan StalledAfter { get; init; } = new MonitoringOptions().StalledAfter;

    /// <summary>After how long an event that cannot be delivered is given up as a dead letter; <see langword="null"/>: never.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>The most bytes of the journal that may wait for it; <see langword="null"/>: as much as the journal takes.</summary>
    public long? Quota { get; init; }

    /// <summary>What happens when more would wait.</summary>
    public FullPolicy OnFull { get; init; }

    /// <summary>The limits of a process of the plugin's own; <see langword="null"/>: it runs in the host's.</summary>
    public IsolationOptions? Isolation { get; init; }

    /// <summary>The connector's own keys as a UTF-8 JSON object, secrets filled in. Never logged.</summary>
    public ReadOnlyMemory<byte> Settings { get; init; } = "{}"u8.ToArray();

    /// <summary>Keeps secrets out of every log: a record would print its members, a proxy's password among them.</summary>
    public override string ToString() => $"{Section}.{Name}";
}
