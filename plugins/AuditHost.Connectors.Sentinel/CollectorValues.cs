using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>Looks for values that the Data Collector API cuts without a word.</summary>
internal static class CollectorValues
{
    /// <summary>Whether a value of a batch is longer than a field may be.</summary>
    public static bool AreCut(EventBatch batch)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            if (batch[index].Payload.Length > AzureLimits.CollectorField && HasLongValue(batch[index].Payload.Span))
                return true;
        }

        return false;
    }

    private static bool HasLongValue(ReadOnlySpan<byte> row)
    {
        const int Quotes = 2;
        try
        {
            var members = new JsonMembers(row);
            while (members.MoveNext())
            {
                if (members.Json[0] == '"' && members.Json.Length - Quotes > AzureLimits.CollectorField)
                    return true;
            }
        }
        catch (JsonException)
        {
            // No row: Azure says what it thinks of it.
        }

        return false;
    }
}
