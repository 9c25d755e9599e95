namespace AuditHost.Faults.Simulation;

/// <summary>A process's clock: its timestamps only ever rise, its date is whatever the machine's is set to.</summary>
internal sealed class SimulatedClock(SimulatedProcess process, Func<TimeSpan> dateOffset) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(process.Scheduler.Now) + dateOffset();

    public override long GetTimestamp() => process.Scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
