using System.Text;
using AuditHost.Sdk;

namespace Zoo;

/// <summary>Good until the victim comes.</summary>
internal sealed class ZooConnector(ZooSettings settings, PluginContext context) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        bool victim = false;
        for (int i = 0; i < batch.Count; i++)
        {
            string id = batch[i].Event.Id.ToString();
            victim |= id == settings.Victim;
            lines.Append(id).Append('\n');
        }

        if (victim && await Ways.RunAsync(settings.Way, context, cancellationToken) is { } result)
            return result;
        string file = Path.Combine(settings.Directory, Guid.NewGuid().ToString("n"));
        await File.WriteAllTextAsync(file + ".part", lines.ToString(), cancellationToken);
        File.Move(file + ".part", file + ".txt");
        return DeliveryResult.Delivered;
    }

    public async ValueTask DisposeAsync()
    {
        if (settings.Way == "hang_in_dispose")
            await Task.Delay(Timeout.Infinite);
    }
}
