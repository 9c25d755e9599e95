using System.Globalization;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Requests in OTLP's JSON: names in lowerCamelCase, enums as numbers, integers of 64 bits as strings.</summary>
internal sealed class JsonLogs(LogSchema schema) : ILogEncoding
{
    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Empty { get; } = "{}"u8.ToArray();

    public bool EmptyAnswerIsSuccess => false;

    public void Write(EventBatch batch, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        bool isMap = schema.Body == BodyKind.Map && JsonMediaType.Matches(batch.ContentType);
        json.BeginObject();
        json.Name("resourceLogs"u8);
        json.BeginArray();
        json.BeginObject();
        WriteResource(ref json);
        json.Name("scopeLogs"u8);
        json.BeginArray();
        json.BeginObject();
        json.Name("scope"u8);
        json.BeginObject();
        json.Member("name"u8, schema.ScopeName);
        json.EndObject();
        json.Name("logRecords"u8);
        json.BeginArray();
        for (int index = 0; index < batch.Count; index++)
            WriteRecord(ref json, batch[index], isMap);
        json.EndArray();
        json.EndObject();
        json.EndArray();
        json.EndObject();
        json.EndArray();
        json.EndObject();
        json.Flush();
    }

    private void WriteResource(ref JsonWriter json)
    {
        json.Name("resource"u8);
        json.BeginObject();
        json.Name("attributes"u8);
        json.BeginArray();
        foreach ((byte[] name, byte[] value) in schema.Resource)
        {
            json.BeginObject();
            json.Member("key"u8, name);
            json.Name("value"u8);
            JsonValue.WriteText(ref json, value);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private void WriteRecord(ref JsonWriter json, in OutboundEvent outbound, bool isMap)
    {
        AuditEvent auditEvent = outbound.Event;
        json.BeginObject();
        WriteTime(ref json, "timeUnixNano"u8, UnixNanoseconds.Of(auditEvent));
        WriteTime(ref json, "observedTimeUnixNano"u8, UnixNanoseconds.Of(auditEvent.ReceivedAt));
        json.Name("severityNumber"u8);
        json.Number(LogSeverity.NumberOf(auditEvent.Severity));
        json.Member("severityText"u8, LogSeverity.TextOf(auditEvent.Severity));
        if (auditEvent.Type.HasValue)
        {
            json.Name("eventName"u8);
            json.Text(auditEvent.Type);
        }

        json.Name("body"u8);
        if (isMap)
            JsonValue.WriteJson(ref json, outbound.Payload.Span);
        else
            JsonValue.WriteText(ref json, outbound.Payload.Span);
        WriteAttributes(ref json, auditEvent);
        json.EndObject();
    }

    private void WriteAttributes(ref JsonWriter json, AuditEvent auditEvent)
    {
        json.Name("attributes"u8);
        json.BeginArray();
        foreach (LogAttribute attribute in schema.Attributes)
        {
            EventValue value = attribute.Field(auditEvent);
            if (!value.HasValue)
                continue;
            json.BeginObject();
            json.Member("key"u8, attribute.Name);
            json.Name("value"u8);
            JsonValue.Write(ref json, value);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteTime(ref JsonWriter json, ReadOnlySpan<byte> name, ulong nanoseconds)
    {
        if (nanoseconds == 0)
            return;
        json.Name(name);
        Span<byte> digits = stackalloc byte[20];
        nanoseconds.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        json.Quoted(digits[..length]);
    }
}
