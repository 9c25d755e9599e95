namespace AuditHost.Lanes.Drops;

/// <summary>Events that were given up by a named policy or at an operator's wish.</summary>
internal sealed record DropRecord
{
    public required string Destination { get; init; }

    public required DropReason Reason { get; init; }

    /// <summary>The first sequence number of the range; with <see cref="DropReason.DeadLetters"/> the first letter's id.</summary>
    public required ulong First { get; init; }

    /// <summary>What follows the range.</summary>
    public required ulong End { get; init; }

    /// <summary>How many were given up. The range may hold others, which were delivered, filtered or dead by then.</summary>
    public required ulong Events { get; init; }

    /// <summary>What the range took on disk.</summary>
    public required long Bytes { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>One record for two: the range spans both.</summary>
    public DropRecord With(DropRecord later) => later with
    {
        First = Math.Min(First, later.First), End = Math.Max(End, later.End), Events = Events + later.Events, Bytes = Bytes + later.Bytes,
    };
}
