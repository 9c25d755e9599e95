using System.Buffers.Text;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Loki;

/// <summary>
/// Writes the body of a push ("Ingest logs" of the Loki HTTP API): a stream for each set of labels, and in it a line for each event with
/// its time in nanoseconds as text. The same events give the same bytes, so that Loki knows a line that comes again.
/// </summary>
internal sealed class PushBody(LokiSettings settings, LabelSet labels)
{
    private const int LongestNumber = 20;

    private static readonly LokiField[] UsualMetadata = [LokiField.EventId, LokiField.User, LokiField.Host, LokiField.OperationId];

    private readonly EnvelopeField[] _metadata =
        [.. (settings.StructuredMetadata ?? UsualMetadata.Except(settings.LabelFields)).Select(field => new EnvelopeField(field))];

    /// <summary>Writes all events of a batch but those that are too long.</summary>
    /// <returns>How many lines there are.</returns>
    public int Write(EventBatch batch, PooledBuffer body, List<EventFailure> tooLong)
    {
        using var streams = new StreamTable(batch.Count);
        using var text = new PooledBuffer(256);
        for (int index = 0; index < batch.Count; index++)
        {
            ref readonly OutboundEvent outbound = ref batch[index];
            if (outbound.Payload.Length > settings.MaxLineBytes)
            {
                tooLong.Add(new EventFailure(index, FailureKind.TooLarge, $"{outbound.Payload.Length} bytes; a line may have {settings.MaxLineBytes} (max_line_bytes)"));
                continue;
            }

            text.Clear();
            labels.Write(outbound.Event, text);
            streams.Add(index, text.Written.Span);
        }

        Write(batch, streams, body);
        return batch.Count - tooLong.Count;
    }

    private void Write(EventBatch batch, StreamTable streams, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Name("streams"u8);
        json.BeginArray();
        for (int stream = 0; stream < streams.Count; stream++)
        {
            json.BeginObject();
            json.Name("stream"u8);
            json.Literal(streams.LabelsOf(stream));
            json.Name("values"u8);
            json.BeginArray();
            for (int index = streams.FirstOf(stream); index >= 0; index = streams.After(index))
                WriteLine(in batch[index], ref json);
            json.EndArray();
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.Flush();
    }

    private void WriteLine(in OutboundEvent outbound, ref JsonWriter json)
    {
        Span<byte> time = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(TimeOf(outbound.Event), time, out int length);
        json.BeginArray();
        json.Quoted(time[..length]);
        json.String(outbound.Payload.Span);
        if (_metadata.Length > 0)
        {
            json.BeginObject();
            foreach (EnvelopeField field in _metadata)
                field.Write(outbound.Event, LokiLimits.MetadataValue, ref json);
            json.EndObject();
        }

        json.EndArray();
    }

    private long TimeOf(AuditEvent auditEvent) =>
        settings.Timestamp == LokiTime.Received ? EventNanoseconds.Of(auditEvent.ReceivedAt) : EventNanoseconds.Of(auditEvent);
}
