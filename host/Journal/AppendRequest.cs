using System.Threading.Tasks.Sources;
using AuditHost.Intake;

namespace AuditHost.Journal;

/// <summary>One sender waiting for its events to be durable. Used again by the next one once its result was taken.</summary>
internal sealed class AppendRequest(AppendQueue owner) : IValueTaskSource<AppendReceipt>
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private ManualResetValueTaskSourceCore<AppendReceipt> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private int _state;

    public IntakeBatch Batch { get; private set; } = null!;

    public ValueTask<AppendReceipt> Start(IntakeBatch batch)
    {
        _core.Reset();
        Batch = batch;
        _state = Waiting;
        return new ValueTask<AppendReceipt>(this, _core.Version);
    }

    /// <summary>Lets go of a request that no group has taken yet; one that is being written runs to its end.</summary>
    public void CancelOn(CancellationToken cancellationToken) =>
        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((AppendRequest)state!).Cancel(token), this);

    /// <summary>From here on the batch's bytes are being read.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Complete(AppendReceipt receipt) => _core.SetResult(receipt);

    public void Fail(Exception exception) => _core.SetException(exception);

    public AppendReceipt GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Batch = null!;

            // A cancelled request may still stand in the queue.
            if (_state == Taken)
                owner.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
            _core.SetException(new OperationCanceledException(cancellationToken));
    }
}
