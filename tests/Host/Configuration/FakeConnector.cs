using AuditHost.Sdk;

namespace AuditHost.Tests.Configuration;

internal sealed class FakeConnector : IConnector
{
    public bool IsDisposed { get; private set; }

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Reading a site file sends nothing.");

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }
}
