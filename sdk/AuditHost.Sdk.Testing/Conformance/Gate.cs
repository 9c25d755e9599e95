namespace AuditHost.Sdk.Testing;

/// <summary>Opens when so many wait before it. Nobody waits for ever: when one has waited long enough, all may pass, and it counts as never opened.</summary>
internal sealed class Gate(int parties)
{
    private readonly TaskCompletionSource<bool> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>Whether all were before it at the same time.</summary>
    public bool HasOpened => _opened.Task is { IsCompletedSuccessfully: true, Result: true };

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) >= parties)
            _opened.TrySetResult(true);
        try
        {
            await _opened.Task.WaitAsync(ConformanceBench.Patience / 3, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The test says that the others did not come. Whoever comes from now on meets nobody.
            _opened.TrySetResult(false);
        }
    }
}
