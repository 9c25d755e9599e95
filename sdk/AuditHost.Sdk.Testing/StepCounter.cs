namespace AuditHost.Sdk.Testing;

/// <summary>Counts what happens on a destination's connections (connects, reads, writes) and cancels at a chosen step.</summary>
internal sealed class StepCounter
{
    private CancellationTokenSource? _cancellation;
    private int _remaining;
    private int _count;

    /// <summary>How many steps there were.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the chosen step came.</summary>
    public bool IsReached => Volatile.Read(ref _remaining) <= 0;

    /// <summary>Cancels when the step of this number comes, counting from 1.</summary>
    public void CancelAt(int step, CancellationTokenSource cancellation)
    {
        _cancellation = cancellation;
        Volatile.Write(ref _remaining, step);
    }

    public void Pass()
    {
        Interlocked.Increment(ref _count);
        if (Interlocked.Decrement(ref _remaining) == 0)
            _cancellation?.Cancel();
    }
}
