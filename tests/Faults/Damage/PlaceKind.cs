namespace AuditHost.Faults.Damage;

/// <summary>What a byte of a segment belongs to.</summary>
internal enum PlaceKind
{
    SegmentHeader,
    FrameHeader,
    Record,
    FrameTrailer,
}
