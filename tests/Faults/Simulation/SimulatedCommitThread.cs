using AuditHost.Journal;

namespace AuditHost.Faults.Simulation;

/// <summary>The journal's committer gets a turn like everybody else; where the disk is slow, a late one.</summary>
internal sealed class SimulatedCommitThread(SimulatedProcess process, TimeProvider time, Func<TimeSpan> pause) : ICommitThread
{
    private Func<bool> _work = null!;
    private bool _due;

    public void Start(Func<bool> work) => _work = work;

    public void Wake()
    {
        if (_due)
            return;
        _due = true;
        process.Start(WorkAsync);
    }

    /// <summary>Time stands still while the work is done, so nobody could go on.</summary>
    public void LetReadersGoOn(EventTail tail)
    {
    }

    private async Task WorkAsync()
    {
        if (pause() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, time);
        _due = false;
        _work();
    }
}
