namespace AuditHost.Configuration.Options;

/// <summary><c>host.dead_letters</c>: how much is kept of what destinations refuse.</summary>
internal sealed record DeadLetterOptions
{
    private const int SegmentsInLimit = 8;
    private const int LargestSegment = 64 << 20;

    /// <summary>What the dead letters of all destinations may take on disk.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>What happens when there would be more.</summary>
    public FullPolicy OnFull { get; init; }

    /// <summary>Only whole segments go, so each is a small part of the limit.</summary>
    public int SegmentBytes => (int)Math.Min(LargestSegment, MaxBytes / SegmentsInLimit);
}
