namespace AuditHost.Lanes.Poison;

/// <summary>
/// Careful lanes attempt their events one after the other: with two attempts under way at the end of the process, the innocent event
/// would be counted with the guilty one. An attempt that hangs loses its turn after a while, so that no lane waits for another for ever.
/// </summary>
internal sealed class PoisonTurns(TimeProvider time)
{
    /// <summary>What ends a process does so at once; an attempt that lasts longer than this waits for a network.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private PoisonGuard? _holder;
    private long _takenAt;
    private TaskCompletionSource _given = NewSignal();

    public async ValueTask TakeAsync(PoisonGuard lane, CancellationToken cancellationToken)
    {
        while (!TryTake(lane, out TimeSpan left, out Task given))
        {
            await given.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Give(PoisonGuard lane)
    {
        lock (_lock)
        {
            if (_holder != lane)
                return;
            _holder = null;
            _given.TrySetResult();
            _given = NewSignal();
        }
    }

    private bool TryTake(PoisonGuard lane, out TimeSpan left, out Task given)
    {
        lock (_lock)
        {
            given = _given.Task;
            left = _holder is null || _holder == lane ? TimeSpan.Zero : Longest - time.GetElapsedTime(_takenAt);
            if (left > TimeSpan.Zero)
                return false;
            _holder = lane;
            _takenAt = time.GetTimestamp();
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
