namespace AuditHost.Configuration.Options;

/// <summary><c>host.journal</c>: the durable log.</summary>
internal sealed record JournalOptions
{
    private const int SegmentsInLimit = 8;
    private const int SmallestSegment = 64 << 10;

    /// <summary>What the journal may take on disk. When all of it is still needed, new events are refused.</summary>
    public long MaxBytes { get; init; } = 10L << 30;

    /// <summary>
    /// How long delivered events stay for replay, as far as <see cref="MaxBytes"/> allows; zero: a segment goes as soon as it is full and
    /// every destination is past it.
    /// </summary>
    public TimeSpan Retain { get; init; } = TimeSpan.FromDays(7);

    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>What a segment comes to: an eighth of the limit at most, because only whole ones are deleted and the last never is.</summary>
    public int EffectiveSegmentBytes => (int)Math.Min(SegmentBytes, Math.Max(SmallestSegment, MaxBytes / SegmentsInLimit));

    /// <summary>Free space on the volume below which new events are refused, so that delivery can go on.</summary>
    public long ReserveBytes { get; init; } = 256L << 20;

    /// <summary>How often sealed segments are read again to find damage; zero for never.</summary>
    public TimeSpan Scrub { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What lanes level with the head read without touching the disk.</summary>
    public int TailBytes { get; init; } = 32 << 20;
}
