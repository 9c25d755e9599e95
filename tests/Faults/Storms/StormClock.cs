namespace AuditHost.Faults.Storms;

/// <summary>
/// A clock that moves from one pause of a delivery to the next. The network beneath is real, so deadlines of calls never come: they are
/// told from pauses by their length.
/// </summary>
internal sealed class StormClock : TimeProvider
{
    /// <summary>What every deadline of the destination under test is set to: longer than any pause may be.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<StormTimer> _pauses = [];
    private TaskCompletionSource _paused = NewSignal();
    private DateTimeOffset _now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StormTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits for the next pause and ends it.</summary>
    /// <param name="delivery">Whose pauses these are.</param>
    /// <param name="paused">Looks at the state of things while all stands still.</param>
    /// <returns>How long it was; <see langword="null"/> when the delivery ended without another.</returns>
    public async Task<TimeSpan?> EndNextPauseAsync(Task delivery, Action? paused)
    {
        while (true)
        {
            Task next;
            lock (_lock)
                next = _paused.Task;
            if (await Task.WhenAny(delivery, next).WaitAsync(Patience) == delivery)
                return null;
            StormTimer? due;
            TimeSpan length;
            lock (_lock)
            {
                due = _pauses.MinBy(static timer => timer.Due);
                if (due is null)
                {
                    // Given up before it came due.
                    continue;
                }

                length = due.Due - _now;
                _now = due.Due;
                Forget(due);
            }

            paused?.Invoke();
            due.Fire();
            return length;
        }
    }

    private void Schedule(StormTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            Forget(timer);
            if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= Deadline)
                return;
            timer.Due = _now + dueTime;
            _pauses.Add(timer);
            _paused.TrySetResult();
        }
    }

    private void Forget(StormTimer timer)
    {
        if (_pauses.Remove(timer) && _pauses.Count == 0)
            _paused = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class StormTimer(StormClock owner, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => owner.Schedule(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
