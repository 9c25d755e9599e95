namespace AuditHost.Lanes;

/// <summary>Corrections of the books that wait for the lane's loop, which alone writes the cursor.</summary>
internal sealed class LaneInbox
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private ulong _delivered;
    private ulong _dropped;

    /// <summary>Ends when something has been posted.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    public void Post(ulong delivered, ulong dropped)
    {
        lock (_lock)
        {
            _delivered += delivered;
            _dropped += dropped;
            _changed.TrySetResult();
        }
    }

    public bool TryTake(out ulong delivered, out ulong dropped)
    {
        lock (_lock)
        {
            (delivered, dropped) = (_delivered, _dropped);
            if (!_changed.Task.IsCompleted)
                return false;
            (_delivered, _dropped) = (0, 0);
            _changed = NewSignal();
            return true;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
