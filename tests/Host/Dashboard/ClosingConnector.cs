using AuditHost.Sdk;

namespace AuditHost.Tests.Dashboard;

/// <summary>Starts and ends as a test tells it to.</summary>
internal sealed class ClosingConnector(Action? close = null, Func<CancellationToken, Task>? start = null) : IConnector
{
    private int _closed;

    /// <summary>How often it was closed.</summary>
    public int Closed => Volatile.Read(ref _closed);

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (start is not null)
            await start(cancellationToken);
    }

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => new(DeliveryResult.Delivered);

    public ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _closed);
        close?.Invoke();
        return default;
    }
}
