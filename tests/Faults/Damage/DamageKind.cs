namespace AuditHost.Faults.Damage;

/// <summary>The ways a directory is damaged at random.</summary>
internal enum DamageKind
{
    BitsFlipped,
    SectorZeroed,
    PageZeroed,
    PagesSwapped,
    FileCut,
    SegmentCopied,
    SegmentMissing,
    SegmentRenamed,
    SegmentsSwapped,
    SegmentEmpty,
    SegmentOfAnotherLog,
    StaleCursor,
    CursorAhead,
    CursorLost,
    StaleMark,
    MarkLost,
    ForeignFile,
    HighestSegmentId,
    NewerVersion,
}
