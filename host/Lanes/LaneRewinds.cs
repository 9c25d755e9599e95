namespace AuditHost.Lanes;

/// <summary>Orders to go back in the journal, which wait for the lane's loop as long as it runs.</summary>
internal sealed class LaneRewinds
{
    private readonly Lock _lock = new();
    private (ulong Position, TaskCompletionSource Done)? _order;
    private bool _running;
    private bool _ended;

    /// <summary>The loop takes orders from now on.</summary>
    public void Begin()
    {
        lock (_lock)
            _running = true;
    }

    /// <summary>Gives the loop an order.</summary>
    /// <param name="position">Where to go on.</param>
    /// <param name="signal">Wakes the loop.</param>
    /// <returns>Ends when it is carried out; <see langword="null"/> where no loop runs and the caller has to do it.</returns>
    /// <exception cref="InvalidOperationException">The lane has ended, or has an order already.</exception>
    public Task? Post(ulong position, Action signal)
    {
        lock (_lock)
        {
            if (_ended)
                throw new InvalidOperationException("The destination's lane stands still.");
            if (!_running)
                return null;
            if (_order is not null)
                throw new InvalidOperationException("The destination is taking over another backlog.");
            _order = (position, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            signal();
            return _order.Value.Done.Task;
        }
    }

    public bool TryTake(out ulong position, out TaskCompletionSource done)
    {
        lock (_lock)
        {
            (position, done) = _order ?? (0, null!);
            _order = null;
            return done is not null;
        }
    }

    public void End()
    {
        lock (_lock)
        {
            (_ended, _running) = (true, false);
            _order?.Done.TrySetException(new InvalidOperationException("The destination's lane has ended."));
            _order = null;
        }
    }
}
