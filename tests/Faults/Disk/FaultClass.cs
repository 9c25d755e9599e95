namespace AuditHost.Faults.Disk;

/// <summary>What a run must have met, each at least once: a green run without a fault proves nothing.</summary>
internal enum FaultClass
{
    Eio,
    EioSticky,
    Enospc,
    EnospcSticky,
    Edquot,
    EdquotSticky,
    ShortWrite,
    ShortWriteSticky,
    LyingSync,
    LyingSyncSticky,
    PhantomWrite,
    CrashBefore,
    CrashAfter,
    PowerCut,
    ProcessKilled,
    WriteLost,
    WriteKept,
    WriteTornAt512,
    WriteTornAt4096,
    WritesReordered,
    CreationLost,
    CreationKept,
    DeletionLost,
    DeletionKept,
    SyncFailedHalfway,
}
