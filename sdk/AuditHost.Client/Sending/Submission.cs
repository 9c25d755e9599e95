namespace AuditHost.Client.Sending;

/// <summary>An event on its way, and whoever waits for it.</summary>
/// <param name="json">The event, on one line.</param>
internal sealed class Submission(ReadOnlyMemory<byte> json)
{
    private readonly TaskCompletionSource<AuditDelivery> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>Whether nobody waits.</summary>
    public bool IsUnattended { get; init; }

    public Task<AuditDelivery> Outcome => _outcome.Task;

    public void Settle(AuditDelivery delivery) => _outcome.TrySetResult(delivery);

    public void Fail(Exception exception) => _outcome.TrySetException(exception);
}
