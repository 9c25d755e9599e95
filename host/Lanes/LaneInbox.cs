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

    /// <summary>Something else waits for the loop.</summary>
    public void Signal()
    {
        lock (_lock)
            _changed.TrySetResult();
    }

    /// <summary>Takes what can be booked. A letter can be settled before its event is in the books; its correction then waits.</summary>
    /// <param name="deadLettered">The dead letters in the books.</param>
    /// <param name="delivered">How many of them were delivered.</param>
    /// <param name="dropped">How many of them were dropped.</param>
    /// <returns>Whether there is anything to book.</returns>
    public bool TryTake(ulong deadLettered, out ulong delivered, out ulong dropped)
    {
        lock (_lock)
        {
            delivered = Math.Min(_delivered, deadLettered);
            dropped = Math.Min(_dropped, deadLettered - delivered);
            _delivered -= delivered;
            _dropped -= dropped;
            if (_changed.Task.IsCompleted)
                _changed = NewSignal();
            return delivered + dropped > 0;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
