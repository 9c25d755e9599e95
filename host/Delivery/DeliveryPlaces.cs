namespace AuditHost.Delivery;

/// <summary>
/// So many calls at a time, first come, first served. Unlike the framework's semaphore it wakes whoever waits in the context of their
/// wait, so that a simulation of the host stays on its one thread.
/// </summary>
internal sealed class DeliveryPlaces(int count)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private int _free = count;

    /// <summary>Places that nobody has.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
                return _free;
        }
    }

    /// <summary>Ends when the caller has a place.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was one.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> waiter;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            waiter = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using (cancellationToken.UnsafeRegister(_ => Leave(waiter, cancellationToken), null))
            await waiter.Value.Task;
    }

    public void GiveBack()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } next)
            {
                _free++;
                return;
            }

            _waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // Whoever was given a place just before keeps it, and ends at the next look at the token.
            if (waiter.List is null)
                return;
            _waiting.Remove(waiter);
            waiter.Value.SetCanceled(cancellationToken);
        }
    }
}
