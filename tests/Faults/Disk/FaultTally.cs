namespace AuditHost.Faults.Disk;

/// <summary>Counts the faults that really fired.</summary>
internal sealed class FaultTally
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultClass>().Length];

    public long this[FaultClass fault] => Volatile.Read(ref _counts[(int)fault]);

    /// <summary>Faults, without what became of single writes and names in them.</summary>
    public long Faults
    {
        get
        {
            long sum = 0;
            for (FaultClass fault = 0; fault <= FaultClass.ProcessKilled; fault++)
                sum += this[fault];
            return sum;
        }
    }

    public void Count(FaultClass fault) => Interlocked.Increment(ref _counts[(int)fault]);

    public void Count(in Fault fault) => Count(fault.Kind switch
    {
        FaultKind.Eio => fault.Sticky ? FaultClass.EioSticky : FaultClass.Eio,
        FaultKind.Enospc => fault.Sticky ? FaultClass.EnospcSticky : FaultClass.Enospc,
        FaultKind.Edquot => fault.Sticky ? FaultClass.EdquotSticky : FaultClass.Edquot,
        FaultKind.PhantomWrite => FaultClass.PhantomWrite,
        FaultKind.ShortWrite => fault.Sticky ? FaultClass.ShortWriteSticky : FaultClass.ShortWrite,
        FaultKind.LyingSync => fault.Sticky ? FaultClass.LyingSyncSticky : FaultClass.LyingSync,
        FaultKind.CrashBefore => FaultClass.CrashBefore,
        _ => FaultClass.CrashAfter,
    });

    /// <summary>Fails where a class of fault never fired.</summary>
    public void AssertAllFired(params FaultClass[] except)
    {
        FaultClass[] missing = [.. Enum.GetValues<FaultClass>().Except(except).Where(fault => this[fault] == 0)];
        Assert.True(missing.Length == 0, $"These faults never fired, so nothing is proved about them: {string.Join(", ", missing)}");
    }

    public override string ToString() =>
        string.Join(", ", Enum.GetValues<FaultClass>().Where(fault => this[fault] > 0).Select(fault => $"{fault} {this[fault]}"));
}
