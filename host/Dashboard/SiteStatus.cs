namespace AuditHost.Dashboard;

/// <summary><c>status --json</c> and <c>GET /api/v1/status</c>.</summary>
/// <param name="Running">Whether a host serves the data directory now; without one the figures of this start are missing.</param>
/// <param name="Version">The host's version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Revision">The site file's revision.</param>
/// <param name="Journal">The durable log.</param>
/// <param name="Sources">Where events come from.</param>
/// <param name="Destinations">Where they go.</param>
internal sealed record SiteStatus(
    bool Running,
    string Version,
    DateTimeOffset? StartedAt,
    string? Revision,
    JournalStatus Journal,
    IReadOnlyList<SourceStatus> Sources,
    IReadOnlyList<DestinationStatus> Destinations)
{
    /// <summary>The latest events given up by a policy or at an operator's wish, oldest first.</summary>
    public IReadOnlyList<DropView> Drops { get; init; } = [];

    /// <summary>Records of drops that wait for the disk to take them.</summary>
    public int DropsUnwritten { get; init; }

    /// <summary>What waits for destinations that the site does not serve.</summary>
    public IReadOnlyList<BacklogView> Backlogs { get; init; } = [];
}
