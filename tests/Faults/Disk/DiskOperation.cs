namespace AuditHost.Faults.Disk;

/// <summary>The kinds of operation that a simulated disk counts and can fail.</summary>
internal enum DiskOperation
{
    CreateDirectory,
    List,
    Create,
    Open,
    Delete,
    SyncDirectory,
    SpaceOf,
    Write,
    Read,
    Reserve,
    Truncate,
    Sync,
}
