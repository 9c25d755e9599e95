using AuditHost.PluginKit.Files;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Syslog;

/// <summary>Appends CEF messages to a file, one to a line, and waits for the disk.</summary>
internal sealed class CefFileConnector(FileDelivery file, int? maxMessageBytes) : IConnector
{
    private readonly FramedBatch _batch = new(SyslogFraming.Newline, maxMessageBytes ?? int.MaxValue, composer: null);

    public ValueTask StartAsync(CancellationToken cancellationToken) => file.OpenAsync(cancellationToken);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _batch.Fill(batch);
        if (_batch.Count == 0)
            return _batch.Result;
        DeliveryResult written = await file.AppendAsync(_batch.Bytes, cancellationToken).ConfigureAwait(false);
        return written.IsDelivered ? _batch.Result.WithAcknowledgement(written.AcknowledgementId) : written;
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => file.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _batch.Dispose();
        return file.DisposeAsync();
    }
}
