namespace AuditHost.Configuration.Options;

/// <summary>A site file, read and checked.</summary>
internal sealed record SiteOptions
{
    /// <summary>The file, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The folder that relative paths count from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>Names this content: the first 12 hex digits of the SHA-256 of the file's bytes.</summary>
    public required string Revision { get; init; }

    public required HostOptions Host { get; init; }

    /// <summary>The most deliveries under way at a time over the whole host (<c>global.max_concurrent_deliveries</c>).</summary>
    public required int MaxConcurrentDeliveries { get; init; }

    public required MonitoringOptions Monitoring { get; init; }

    /// <summary>Every destination of the file, disabled ones included.</summary>
    public required IReadOnlyList<DestinationOptions> Destinations { get; init; }

    /// <summary>Every secret of the file with at least 8 characters, for a redactor. Never logged.</summary>
    public IReadOnlySet<string> Secrets { get; init; } = new HashSet<string>();

    /// <summary>Keeps secrets out of every log: a record would print its members.</summary>
    public override string ToString() => Path;
}
