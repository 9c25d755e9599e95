using System.Text;
using AuditHost.Sdk;

namespace Deadly;

/// <summary>Writes the events' ids to a file, a line each, unless the one is among them that no process survives.</summary>
internal sealed class DeadlyConnector(DeadlySettings settings) : IConnector
{
    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var ids = new StringBuilder();
        for (int i = 0; i < batch.Count; i++)
        {
            string id = batch[i].Event.Id.ToString();
            if (id == settings.Victim)
                Die();
            ids.Append(id).Append('\n');
        }

        await File.AppendAllTextAsync(settings.Path, ids.ToString(), cancellationToken);
        return DeliveryResult.Delivered;
    }

    private void Die()
    {
        if (settings.Way == "stack_overflow")
            Descend(1);
        Environment.FailFast("One event too many.");
    }

    private static int Descend(int depth) => depth == 0 ? 0 : Descend(depth + 1) + Descend(depth + 2);
}
