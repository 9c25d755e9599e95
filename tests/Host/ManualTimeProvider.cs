namespace AuditHost.Tests;

/// <summary>A clock that moves only when a test says so; timers fire in order of their due time.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Completion)> _waiters = [];
    private DateTimeOffset _now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far somebody has set the date. Timestamps and timers do not mind.</summary>
    public TimeSpan DateOffset { get; set; }

    /// <summary>How many timers wait.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now + DateOffset;
    }

    public override long GetTimestamp()
    {
        lock (_lock)
            return _now.UtcTicks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends when at least so many timers are waiting: the code under test has come to its next pause.</summary>
    public Task WaitForTimersAsync(int count = 1)
    {
        lock (_lock)
        {
            if (_timers.Count >= count)
                return Task.CompletedTask;
            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, completion));
            return completion.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Moves the clock to the next timer and fires it. It stays where it is when the code under test has just let go of its last timer.</summary>
    /// <returns>How far it moved.</returns>
    public TimeSpan AdvanceToNextTimer()
    {
        TimeSpan step;
        lock (_lock)
            step = _timers.Count > 0 ? _timers.Min(timer => timer.Due) - _now : TimeSpan.Zero;
        Advance(step);
        return step;
    }

    /// <summary>Moves the clock. A periodic timer fires once, however many of its periods go by.</summary>
    public void Advance(TimeSpan step)
    {
        DateTimeOffset target;
        lock (_lock)
            target = _now + step;
        while (true)
        {
            ManualTimer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                _now = due?.Due ?? target;
                if (due is not null && due.Period > TimeSpan.Zero)
                    due.Due = target + due.Period;
                else if (due is not null)
                    _timers.Remove(due);
            }

            if (due is null)
                return;
            due.Fire();
        }
    }

    private void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        List<TaskCompletionSource> ready = [];
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _now + dueTime;
                _timers.Add(timer);
            }

            ready.AddRange(_waiters.Where(waiter => _timers.Count >= waiter.Count).Select(waiter => waiter.Completion));
            _waiters.RemoveAll(waiter => _timers.Count >= waiter.Count);
        }

        ready.ForEach(completion => completion.TrySetResult());
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire, TimeSpan period) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; } = period;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
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
