namespace AuditHost.Lanes.Alerts;

/// <summary>One message to people.</summary>
internal sealed record AlertMessage
{
    /// <summary>The alert it is about: what its events have in common.</summary>
    public required string Key { get; init; }

    public required string Label { get; init; }

    public AlertAction Action { get; init; }

    /// <summary>The groups of the batch that it tells of, the one that it is about first; none where it resolves.</summary>
    public IReadOnlyList<AlertGroup> Groups { get; init; } = [];

    /// <summary>The alert it goes on with; <see langword="null"/> for the first message of one.</summary>
    public OpenAlert? Former { get; init; }

    public int Count => Groups.Sum(group => group.Count);

    public bool IsSummary => Key == AlertDesk.SummaryKey;
}
