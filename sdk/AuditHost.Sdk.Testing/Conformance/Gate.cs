namespace AuditHost.Sdk.Testing;

/// <summary>Opens when so many wait before it, and stays open. Nobody waits for ever.</summary>
internal sealed class Gate(int parties)
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    public bool IsOpen => _open.Task.IsCompleted;

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) >= parties)
            _open.TrySetResult();
        try
        {
            await _open.Task.WaitAsync(ConformanceBench.Patience / 3, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The test says that the others did not come.
        }
    }
}
