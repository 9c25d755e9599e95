namespace AuditHost.Dashboard;

/// <summary>Which dead letters a command means. What is left out does not restrict.</summary>
internal sealed record DeadLetterQuery
{
    public IReadOnlyList<ulong>? Ids { get; init; }

    public string? Destination { get; init; }

    public string? EventType { get; init; }

    /// <summary><c>rejected</c>, <c>too_large</c>, <c>unrenderable</c> or <c>given_up</c>.</summary>
    public string? Cause { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>The most letters to take.</summary>
    public int? Limit { get; init; }
}
