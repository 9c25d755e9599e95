using System.Globalization;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Webhook;

/// <summary>Names a batch by its first and last event: a batch that was cut in two is another delivery than the whole.</summary>
internal static class BatchKey
{
    public static string Of(EventBatch batch)
    {
        string first = batch[0].Key;
        return batch.Count == 1
            ? first
            : string.Create(CultureInfo.InvariantCulture, $"{first}..{batch[batch.Count - 1].Event.Sequence}");
    }
}
