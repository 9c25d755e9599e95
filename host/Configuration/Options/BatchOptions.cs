namespace AuditHost.Configuration.Options;

/// <summary>When a batch is complete. The connector's own limits hold besides.</summary>
internal sealed record BatchOptions
{
    /// <summary>The most events; <see langword="null"/> leaves it to the connector.</summary>
    public int? MaxEvents { get; init; }

    /// <summary>The longest an event waits for company. A lane with nothing under way does not wait at all.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);
}
