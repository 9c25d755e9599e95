namespace AuditHost.Configuration.Keys;

/// <summary><c>host.journal</c>.</summary>
internal static class JournalKeys
{
    /// <summary>What <see cref="Type"/> may say.</summary>
    public const string Embedded = "embedded";

    public static readonly ScalarKey<string> Type = new("type", Kinds.Choice((Embedded, Embedded)), "The kind of journal.");
    public static readonly ScalarKey<long> MaxBytes = new(
        "max_bytes", Kinds.Size(1 << 20, 1L << 50), "What it may take on disk; when all of it is still needed, new events are refused.");
    public static readonly ScalarKey<TimeSpan> Retain = new(
        "retain",
        Kinds.DurationOrZero,
        "How long events stay for replay once every destination is past them, as far as max_bytes allows. 0s: no longer than that; whole segments go, the newest always stays.");
    public static readonly ScalarKey<long> SegmentBytes = new("segment_bytes", Kinds.Size(1 << 16, 1 << 30), "The size of one segment.");
    public static readonly ScalarKey<long> ReserveBytes = new(
        "reserve_bytes", Kinds.Size(1, 1L << 50), "Free space on the volume below which new events are refused.");
    public static readonly ScalarKey<long> TailBytes = new(
        "tail_bytes", Kinds.Size(1 << 16, 1 << 30), "What lanes level with the head read from memory.");

    public static readonly ScalarKey<TimeSpan> Scrub = new(
        "scrub", Kinds.DurationOrZero, "How often segments that are no longer written to are read again to find damage; 0s for never.");

    public static readonly KeySet Set = new(Type, MaxBytes, Retain, SegmentBytes, ReserveBytes, TailBytes, Scrub);
}
