namespace AuditHost.EndToEnd.Network;

/// <summary>One fault of one connection.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="After">After how many bytes, where that matters.</param>
/// <param name="FromStart">Whether it meets a new connection, from its first byte; else the next one that the sender writes to.</param>
internal sealed record Fault(FaultKind Kind, int After = 0, bool FromStart = false)
{
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _happened;

    /// <summary>Ends when it has happened.</summary>
    public Task Fired => _fired.Task.WaitAsync(AuditHostCommand.Patience, TestContext.Current.CancellationToken);

    /// <summary>Meets every connection, not one.</summary>
    public bool IsStanding { get; init; }

    public bool HasHappened => _happened != 0;

    /// <returns>Whether this is the first time that it happens.</returns>
    public bool Happens() => Interlocked.Exchange(ref _happened, 1) == 0;

    public void Announce() => _fired.TrySetResult();
}
