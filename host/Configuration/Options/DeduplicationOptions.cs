namespace AuditHost.Configuration.Options;

/// <summary><c>host.deduplication</c>: an event that is sent again within the window is accepted and not stored twice.</summary>
internal sealed record DeduplicationOptions
{
    /// <summary>For how long an event is known at least; zero switches it off.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most events remembered, of about 40 bytes each.</summary>
    public int MaxEvents { get; init; } = 1_000_000;

    /// <summary>How many of the latest events are known whatever comes after them, and after a start.</summary>
    public int Generation => Math.Max(1, MaxEvents / 2);
}
