using AuditHost.PluginKit.Files;
using AuditHost.Sdk;

namespace AuditHost.Connectors.File;

/// <summary>Appends each batch to a file and waits for the disk.</summary>
internal sealed class FileConnector(FileDelivery file) : IConnector
{
    public ValueTask StartAsync(CancellationToken cancellationToken) => file.OpenAsync(cancellationToken);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) =>
        file.AppendAsync(batch.Body, cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => file.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
