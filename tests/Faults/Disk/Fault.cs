namespace AuditHost.Faults.Disk;

/// <summary>A fault to come.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="At">The number of the operation it happens to: that one, or the first one after it that the kind can happen to.</param>
/// <param name="Sticky">Whether it happens to every one from there on.</param>
internal readonly record struct Fault(FaultKind Kind, int At, bool Sticky)
{
    public bool Crashes => Kind is FaultKind.CrashBefore or FaultKind.CrashAfter;

    /// <param name="operation">What is about to be done.</param>
    /// <param name="grows">Whether it needs space that the file does not have yet.</param>
    public bool AppliesTo(DiskOperation operation, bool grows) => Kind switch
    {
        FaultKind.Enospc or FaultKind.Edquot => grows || operation is DiskOperation.Create or DiskOperation.Reserve,
        FaultKind.ShortWrite or FaultKind.PhantomWrite => operation is DiskOperation.Write,
        FaultKind.LyingSync => operation is DiskOperation.Sync or DiskOperation.SyncDirectory,
        _ => true,
    };
}
