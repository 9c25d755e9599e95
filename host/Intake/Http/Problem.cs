namespace AuditHost.Intake.Http;

/// <summary>A refusal as RFC 9457 has it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Type">What names the kind of problem, behind the prefix common to all.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Detail">What it is this time, and the fix.</param>
internal sealed record Problem(int Status, string Type, string Title, string Detail)
{
    /// <summary>The configuration key of the limit that was exceeded.</summary>
    public string? LimitKey { get; init; }

    public long Limit { get; init; }

    /// <summary>What would have been taken.</summary>
    public IReadOnlyList<string> Supported { get; init; } = [];

    public IReadOnlyList<EventProblem> Errors { get; init; } = [];

    /// <summary>All bad events, those not listed included.</summary>
    public int ErrorCount { get; init; }

    /// <summary>A header that goes with the status.</summary>
    public (string Name, string Value)? Header { get; init; }
}
