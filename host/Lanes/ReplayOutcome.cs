namespace AuditHost.Lanes;

/// <summary>The running total of a replay.</summary>
internal sealed class ReplayOutcome
{
    public long Delivered { get; set; }

    public long Filtered { get; set; }

    public long Refused { get; set; }

    /// <summary>Why an event was refused, or why the replay ended early.</summary>
    public string? Problem { get; set; }
}
