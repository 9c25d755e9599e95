namespace AuditHost.Configuration.Options;

/// <summary>How events become few messages for people: grouped, paced, held back at night, and resolved.</summary>
internal sealed record AlertOptions
{
    /// <summary>What events must have in common to be one alert: dotted paths.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = ["event_type", "severity"];

    /// <summary>How long the first message of an alert waits for company.</summary>
    public TimeSpan GroupWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two messages of an alert that stays open.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most messages in <see cref="Per"/>; what more there would be goes into one that sums it up.</summary>
    public int MaxMessages { get; init; } = 10;

    public TimeSpan Per { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long without an event an alert is resolved; zero: never.</summary>
    public TimeSpan ResolveAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>When nothing is sent.</summary>
    public IReadOnlyList<QuietHours> QuietHours { get; init; } = [];
}
