namespace AuditHost.Journal.Records;

/// <summary>How a log is opened.</summary>
internal sealed record RecordLogOptions
{
    /// <summary>A segment takes no further frame once it has this length.</summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Changes nothing on disk: for commands that only look.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>New events get sequence numbers from here on at least: what a cursor has passed must not be given again.</summary>
    public ulong LowestNextSequence { get; init; } = 1;
}
