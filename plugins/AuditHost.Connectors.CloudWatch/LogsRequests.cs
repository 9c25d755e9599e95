using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>
/// Writes the bodies of the calls, each in one pooled array: it is hashed for the signature and sent, and never copied. Source: CloudWatch
/// Logs API Reference, the page of each action.
/// </summary>
internal sealed class LogsRequests(LogTarget target, CloudWatchSettings settings)
{
    /// <summary>Room for one event beyond its message: the names of its members, its time, and what is escaped in it.</summary>
    private const int UsualEventOverhead = 64;

    private const int UsualCallBytes = 1024;

    private readonly byte[] _group = Encoding.UTF8.GetBytes(target.Group);
    private readonly byte[] _stream = Encoding.UTF8.GetBytes(target.Stream);
    private readonly byte[] _class = settings.LogGroupClass == LogGroupClass.InfrequentAccess ? "INFREQUENT_ACCESS"u8.ToArray() : "STANDARD"u8.ToArray();

    public PooledBuffer PutLogEvents(EventBatch batch, ReadOnlySpan<EventSlot> call)
    {
        var body = new PooledBuffer(CapacityFor(batch, call));
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("logStreamName"u8, _stream);
        json.Name("logEvents"u8);
        json.BeginArray();
        foreach (EventSlot slot in call)
        {
            json.BeginObject();
            json.Name("timestamp"u8);
            json.Number(slot.Time);
            json.Name("message"u8);
            json.String(batch[slot.Index].Payload.Span);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.Flush();
        return body;
    }

    public PooledBuffer CreateLogGroup()
    {
        var body = new PooledBuffer(UsualCallBytes);
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("logGroupClass"u8, _class);
        if (settings.KmsKeyId is { } key)
            json.Member("kmsKeyId"u8, Encoding.UTF8.GetBytes(key));
        if (settings.Tags.Count > 0)
            WriteTags(ref json);
        json.EndObject();
        json.Flush();
        return body;
    }

    public PooledBuffer PutRetentionPolicy(int days)
    {
        var body = new PooledBuffer(UsualCallBytes);
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Name("retentionInDays"u8);
        json.Number(days);
        json.EndObject();
        json.Flush();
        return body;
    }

    public PooledBuffer CreateLogStream()
    {
        var body = new PooledBuffer(UsualCallBytes);
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("logStreamName"u8, _stream);
        json.EndObject();
        json.Flush();
        return body;
    }

    public PooledBuffer DescribeLogStreams()
    {
        var body = new PooledBuffer(UsualCallBytes);
        var json = new JsonWriter(body);
        Begin(ref json);
        json.Member("logStreamNamePrefix"u8, _stream);
        json.Name("limit"u8);
        json.Number(1);
        json.EndObject();
        json.Flush();
        return body;
    }

    private static int CapacityFor(EventBatch batch, ReadOnlySpan<EventSlot> call)
    {
        int messages = 0;
        foreach (EventSlot slot in call)
            messages += batch[slot.Index].Payload.Length;
        return messages + (messages / 4) + (call.Length * UsualEventOverhead) + UsualCallBytes;
    }

    private void Begin(ref JsonWriter json)
    {
        json.BeginObject();
        json.Member("logGroupName"u8, _group);
    }

    private void WriteTags(ref JsonWriter json)
    {
        json.Name("tags"u8);
        json.BeginObject();
        foreach ((string name, string value) in settings.Tags)
        {
            json.Name(JsonEncodedText.Encode(name).EncodedUtf8Bytes);
            json.String(Encoding.UTF8.GetBytes(value));
        }

        json.EndObject();
    }
}
