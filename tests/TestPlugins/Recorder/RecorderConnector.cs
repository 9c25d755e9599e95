using System.Text;
using AuditHost.Sdk;

namespace Recorder;

/// <summary>One write per batch, so that what another version writes meanwhile stands beside it and not inside.</summary>
internal sealed class RecorderConnector(RecorderSettings settings) : IConnector
{
    private static readonly string Version = typeof(RecorderConnector).Assembly.GetName().Version!.ToString(1);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < batch.Count; i++)
            lines.Append(Version).Append(' ').Append(batch[i].Event.Id.ToString()).Append('\n');
        using var file = new FileStream(settings.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await file.WriteAsync(Encoding.UTF8.GetBytes(lines.ToString()), cancellationToken);
        return DeliveryResult.Delivered;
    }
}
