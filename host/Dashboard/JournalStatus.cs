namespace AuditHost.Dashboard;

/// <summary>The durable log in figures.</summary>
/// <param name="First">The oldest sequence number still there.</param>
/// <param name="Next">The next one to be given.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="Segments">In how many files.</param>
/// <param name="Accepting">Whether it takes new events.</param>
/// <param name="Problem">Why not, or what was found damaged.</param>
/// <param name="LastScrub">When its sealed segments were last read again.</param>
internal sealed record JournalStatus(ulong First, ulong Next, long Bytes, int Segments, bool Accepting, string? Problem, DateTimeOffset? LastScrub)
{
    /// <summary><c>healthy</c>, or <c>degraded</c> while something damaged is known or stands in quarantine.</summary>
    public string Health { get; init; } = "healthy";

    /// <summary>What was found damaged in the journal and is kept for a look; missing where nothing is.</summary>
    public QuarantineStatus? Quarantine { get; init; }

    /// <summary>The same for the dead letters.</summary>
    public QuarantineStatus? DeadLetterQuarantine { get; init; }
}
