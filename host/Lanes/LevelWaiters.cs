namespace AuditHost.Lanes;

/// <summary>Those who wait for a lane to have settled everything up to a point.</summary>
internal sealed class LevelWaiters(Func<ulong> position)
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private volatile bool _broken;

    /// <summary>Whether anybody waits.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
                return _waiters.Count > 0;
        }
    }

    /// <summary>Ends with true when everything before the sequence number is settled, with false at the next stall.</summary>
    public Task<bool> AddAsync(ulong sequence)
    {
        var waiter = new Waiter(sequence, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
            _waiters.Add(waiter);
        Reached();
        if (_broken)
            Stall();
        return waiter.Completion.Task;
    }

    /// <summary>The lane wrote its books.</summary>
    public void Reached()
    {
        ulong settled = position();
        Complete(waiter => waiter.Sequence <= settled, level: true);
    }

    /// <summary>The destination could not take anything for a whole round.</summary>
    public void Stall()
    {
        Reached();
        Complete(static _ => true, level: false);
    }

    /// <summary>The lane stands still for good: whoever waits now or later waits in vain.</summary>
    public void Break()
    {
        _broken = true;
        Stall();
    }

    private void Complete(Predicate<Waiter> condition, bool level)
    {
        lock (_lock)
        {
            if (_waiters.Count == 0)
                return;
            foreach (Waiter waiter in _waiters.FindAll(condition))
                waiter.Completion.TrySetResult(level);
            _waiters.RemoveAll(condition);
        }
    }

    private readonly record struct Waiter(ulong Sequence, TaskCompletionSource<bool> Completion);
}
