using System.Buffers;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Sentinel;

/// <summary>
/// Writes the array of the Data Collector API. It refuses a field TimeGenerated, which the format has first because the Logs Ingestion API
/// wants it; so that field goes under the name that the header <c>time-generated-field</c> gives.
/// </summary>
/// <param name="timeField">That name.</param>
internal sealed class CollectorBody(byte[] timeField)
{
    private static ReadOnlySpan<byte> FormatsBeginning => "{\"TimeGenerated\":"u8;

    private readonly byte[] _beginning = [.. "{\""u8, .. timeField, .. "\":"u8];

    /// <summary>Writes all events of a batch.</summary>
    public void Write(EventBatch batch, PooledBuffer body)
    {
        body.Write("["u8);
        for (int index = 0; index < batch.Count; index++)
        {
            ReadOnlySpan<byte> payload = batch[index].Payload.Span;
            if (index > 0)
                body.Write(","u8);
            if (payload.StartsWith(FormatsBeginning))
            {
                body.Write(_beginning);
                payload = payload[FormatsBeginning.Length..];
            }

            body.Write(payload);
        }

        body.Write("]"u8);
    }
}
