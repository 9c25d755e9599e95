namespace AuditHost.Plugins.Tests.Datadog;

/// <summary>A clock that goes on when somebody waits for it, at once and as far as they wait; and when it is moved.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    /// <summary>How long somebody waited, all in all.</summary>
    public TimeSpan Waited { get; private set; }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Advance(dueTime);
            Waited += dueTime;

            // Not from here: who creates a timer does not expect it to fire before they hold it.
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new FiredTimer();
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
            _now += by;
    }

    private sealed class FiredTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("Nothing here changes a timer.");

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
