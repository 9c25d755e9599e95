namespace AuditHost.Dashboard;

/// <summary>A dead letter for people; bytes as text where they are text.</summary>
internal sealed record DeadLetterView
{
    public required ulong Id { get; init; }

    public required string Destination { get; init; }

    public required ulong Sequence { get; init; }

    public required string EventId { get; init; }

    public required string EventType { get; init; }

    public required string Cause { get; init; }

    public required string Reason { get; init; }

    public int? Status { get; init; }

    public string? Response { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset FirstAttemptAt { get; init; }

    public required DateTimeOffset DiedAt { get; init; }

    public required string Plugin { get; init; }

    public required string Revision { get; init; }

    /// <summary>The event as received; only where one letter was asked for.</summary>
    public string? Original { get; init; }

    /// <summary>The event as it was sent; only where one letter was asked for.</summary>
    public string? Sent { get; init; }
}
