using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>Puts events into their envelopes. Serves for one message after the other.</summary>
internal sealed class MessageWriter : IDisposable
{
    private readonly PooledBuffer _message = new(16 << 10);

    /// <summary>An envelope with one event. Valid until the next message.</summary>
    public ReadOnlyMemory<byte> WriteEvent(in OutboundEvent outbound, ReadOnlySpan<byte> id, string contentType)
    {
        _message.Clear();
        var json = new JsonWriter(_message);
        WriteEvent(ref json, in outbound, id, JsonMediaType.Matches(contentType));
        json.Flush();
        return _message.Written;
    }

    /// <summary>An envelope with a batch. Valid until the next message.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="batchId">Its id.</param>
    /// <param name="idOf">The id of an event, in a buffer that serves for one after the other.</param>
    public ReadOnlyMemory<byte> WriteBatch(EventBatch batch, ReadOnlySpan<byte> batchId, Func<int, PooledBuffer> idOf)
    {
        _message.Clear();
        var json = new JsonWriter(_message);
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        json.BeginObject();
        json.Name("id"u8);
        json.String(batchId);
        json.Name("events"u8);
        json.BeginArray();
        for (int index = 0; index < batch.Count; index++)
            WriteEvent(ref json, in batch[index], idOf(index).Written.Span, isJson);
        json.EndArray();
        json.EndObject();
        json.Flush();
        return _message.Written;
    }

    public void Dispose() => _message.Dispose();

    private static void WriteEvent(ref JsonWriter json, in OutboundEvent outbound, ReadOnlySpan<byte> id, bool isJson)
    {
        json.BeginObject();
        json.Name("id"u8);
        json.String(id);
        json.Name("event"u8);
        if (isJson)
            json.Json(outbound.Payload.Span);
        else
            json.String(outbound.Payload.Span);
        json.EndObject();
    }
}
