namespace AuditHost.Faults.Disk;

/// <summary>What can happen to an operation.</summary>
public enum FaultKind
{
    /// <summary>An input/output error. A sync that fails with it may have made any part of the data durable, and never will the rest.</summary>
    Eio,

    /// <summary>No space left: for whatever needs more of it.</summary>
    Enospc,

    /// <summary>The owner's share of the volume is used up: for whatever needs more of it.</summary>
    Edquot,

    /// <summary>A write of which only the first part gets through.</summary>
    ShortWrite,

    /// <summary>A sync that reports success and does nothing.</summary>
    LyingSync,

    /// <summary>A write that is reported as done and never reaches the file, not even for the process.</summary>
    PhantomWrite,

    /// <summary>The machine or the process stops before the operation.</summary>
    CrashBefore,

    /// <summary>The machine or the process stops right after the operation, before anybody hears of it.</summary>
    CrashAfter,
}
