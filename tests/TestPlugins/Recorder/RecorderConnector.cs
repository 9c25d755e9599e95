using System.Text;
using AuditHost.Sdk;

namespace Recorder;

/// <summary>A file per batch, so that two versions and two calls of one never write over each other.</summary>
internal sealed class RecorderConnector(RecorderSettings settings) : IConnector
{
    private static readonly string Version = typeof(RecorderConnector).Assembly.GetName().Version!.ToString(1);

    private bool _used;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _used = true;
        var lines = new StringBuilder();
        for (int i = 0; i < batch.Count; i++)
            lines.Append(Version).Append(' ').Append(batch[i].Event.Id.ToString()).Append('\n');
        string file = Path.Combine(settings.Directory, Guid.NewGuid().ToString("n"));
        await File.WriteAllTextAsync(file + ".part", lines.ToString(), cancellationToken);
        File.Move(file + ".part", file + ".txt");
        return DeliveryResult.Delivered;
    }

    public ValueTask DisposeAsync() => settings.Stubborn && _used ? throw new InvalidOperationException("Not closing.") : default;
}
