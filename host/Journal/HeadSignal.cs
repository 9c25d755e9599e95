namespace AuditHost.Journal;

/// <summary>Wakes the lanes that wait for the head to move. Costs nothing while none waits.</summary>
internal sealed class HeadSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _moved;
    private bool _closed;

    /// <summary>Ends at the next move. Take it before looking at the head.</summary>
    public Task NextMove()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EventJournal));
            return (_moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public void Move() => Take(close: false)?.SetResult();

    public void Close() => Take(close: true)?.SetException(new ObjectDisposedException(nameof(EventJournal)));

    private TaskCompletionSource? Take(bool close)
    {
        lock (_gate)
        {
            _closed |= close;
            TaskCompletionSource? moved = _moved;
            _moved = null;
            return moved;
        }
    }
}
