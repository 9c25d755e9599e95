namespace AuditHost.Faults.Model;

/// <summary>
/// Where everything on a machine goes on that waited: in the turn of whoever made it go on, and on that thread. A sequence then has one
/// order of things, and what has not ended with the turn never will.
/// </summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _waiting = new();

    public override void Post(SendOrPostCallback d, object? state) => _waiting.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    public void Run(Action act) =>
        Run(() =>
        {
            act();
            return true;
        });

    public T Run<T>(Func<T> act)
    {
        SynchronizationContext? outside = Current;
        SetSynchronizationContext(this);
        try
        {
            T result = act();
            while (_waiting.TryDequeue(out (SendOrPostCallback Callback, object? State) next))
                next.Callback(next.State);
            return result;
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }

    public void Await(Func<ValueTask> act)
    {
        Task task = Run(() => act().AsTask());
        RequireEnded(task);
        task.GetAwaiter().GetResult();
    }

    public T Await<T>(Func<ValueTask<T>> act)
    {
        Task<T> task = Run(() => act().AsTask());
        RequireEnded(task);
        return task.GetAwaiter().GetResult();
    }

    private static void RequireEnded(Task task) => JournalModel.Require(task.IsCompleted, "Something waits that should have been answered: a hang.");
}
