using System.Diagnostics.CodeAnalysis;

namespace AuditHost.Lanes;

/// <summary>An order of one kind that waits for the lane's loop as long as it runs.</summary>
/// <param name="busy">What is said to whoever gives another one meanwhile.</param>
internal sealed class LaneOrder<T>(string busy)
{
    private readonly Lock _lock = new();
    private (T Content, TaskCompletionSource Done)? _order;
    private bool _running;
    private bool _ended;

    /// <summary>The loop takes orders from now on.</summary>
    public void Begin()
    {
        lock (_lock)
            _running = true;
    }

    /// <summary>Gives the loop an order.</summary>
    /// <param name="content">What it is to do.</param>
    /// <param name="signal">Wakes the loop.</param>
    /// <returns>Ends when it is carried out; <see langword="null"/> where no loop runs and the caller has to do it.</returns>
    /// <exception cref="InvalidOperationException">The lane has ended, or has an order already.</exception>
    public Task? Post(T content, Action signal)
    {
        lock (_lock)
        {
            if (_ended)
                throw new InvalidOperationException("The destination's lane stands still.");
            if (!_running)
                return null;
            if (_order is not null)
                throw new InvalidOperationException(busy);
            _order = (content, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            signal();
            return _order.Value.Done.Task;
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out T content, [NotNullWhen(true)] out TaskCompletionSource? done)
    {
        lock (_lock)
        {
            (content, done) = _order is { } order ? order : (default!, null);
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
