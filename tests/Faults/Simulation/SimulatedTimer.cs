namespace AuditHost.Faults.Simulation;

/// <summary>A timer in virtual time. It dies with its process.</summary>
internal sealed class SimulatedTimer(SimulatedProcess process, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private int _version;

    public SimulatedProcess Process => process;

    public bool IsSet(int version) => version == _version && !process.IsDead;

    public void Fire(int version)
    {
        if (!IsSet(version))
            return;
        if (_period > TimeSpan.Zero)
            process.Scheduler.Schedule(this, _version, _period);
        else
            _version++;
        callback(state);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _version++;
        _period = period;
        if (dueTime != Timeout.InfiniteTimeSpan)
            process.Scheduler.Schedule(this, _version, dueTime);
        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
