namespace AuditHost.Dashboard;

/// <summary>What to send again: dead letters, or a range of the journal.</summary>
internal sealed record ReplayOrder
{
    /// <summary>The dead letters to send; <see langword="null"/> for a range of the journal.</summary>
    public DeadLetterQuery? DeadLetters { get; init; }

    /// <summary>Where to send it: of dead letters another destination than their own, of a range the one to fill.</summary>
    public string? Destination { get; init; }

    /// <summary>First and last sequence number of a range.</summary>
    public ulong? From { get; init; }

    public ulong? To { get; init; }

    /// <summary>The same by time of acceptance.</summary>
    public DateTimeOffset? FromTime { get; init; }

    public DateTimeOffset? ToTime { get; init; }

    /// <summary>The most events per second.</summary>
    public int? Rate { get; init; }

    /// <summary>Only count what would be sent.</summary>
    public bool DryRun { get; init; }
}
