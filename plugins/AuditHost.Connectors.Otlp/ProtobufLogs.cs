using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Protobuf;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Otlp;

/// <summary>Requests in binary protobuf.</summary>
internal sealed class ProtobufLogs : ILogEncoding
{
    // What a record has besides its body; an estimate.
    private const int RecordBytes = 400;

    private readonly LogSchema _schema;
    private readonly byte[] _resource;
    private readonly byte[] _scope;

    public ProtobufLogs(LogSchema schema)
    {
        _schema = schema;
        _resource = Message(writer =>
        {
            foreach ((byte[] name, byte[] value) in schema.Resource)
            {
                NestedMessage attribute = writer.Begin(OtlpField.ResourceAttributes, name.Length + value.Length);
                writer.Bytes(OtlpField.KeyValueKey, name);
                ProtobufValue.WriteText(writer, OtlpField.KeyValueValue, value);
                writer.End(attribute);
            }
        });
        _scope = Message(writer => writer.Bytes(OtlpField.ScopeName, schema.ScopeName));
    }

    public string ContentType => "application/x-protobuf";

    public ReadOnlyMemory<byte> Empty => default;

    // A message without fields has no bytes: so a receiver says that it took everything.
    public bool EmptyAnswerIsSuccess => true;

    public void Write(EventBatch batch, PooledBuffer body)
    {
        var writer = new ProtobufWriter(body);
        bool isMap = _schema.Body == BodyKind.Map && JsonMediaType.Matches(batch.ContentType);
        int expected = RecordBytes * batch.Count;
        for (int index = 0; index < batch.Count; index++)
            expected += batch[index].Payload.Length;
        NestedMessage resourceLogs = writer.Begin(OtlpField.RequestResourceLogs, expected);
        writer.Bytes(OtlpField.ResourceLogsResource, _resource);
        NestedMessage scopeLogs = writer.Begin(OtlpField.ResourceLogsScopeLogs, expected);
        writer.Bytes(OtlpField.ScopeLogsScope, _scope);
        for (int index = 0; index < batch.Count; index++)
            WriteRecord(writer, batch[index], isMap);
        writer.End(scopeLogs);
        writer.End(resourceLogs);
    }

    private void WriteRecord(ProtobufWriter writer, in OutboundEvent outbound, bool isMap)
    {
        AuditEvent auditEvent = outbound.Event;
        ReadOnlySpan<byte> payload = outbound.Payload.Span;
        NestedMessage record = writer.Begin(OtlpField.ScopeLogsRecords, payload.Length + RecordBytes);
        if (UnixNanoseconds.Of(auditEvent) is > 0 and var time)
            writer.Fixed64(OtlpField.RecordTime, time);
        writer.Varint(OtlpField.RecordSeverityNumber, LogSeverity.NumberOf(auditEvent.Severity));
        writer.Bytes(OtlpField.RecordSeverityText, LogSeverity.TextOf(auditEvent.Severity));
        if (isMap)
            ProtobufValue.WriteJson(writer, OtlpField.RecordBody, payload);
        else
            ProtobufValue.WriteText(writer, OtlpField.RecordBody, payload);
        foreach (LogAttribute attribute in _schema.Attributes)
        {
            EventValue value = attribute.Field(auditEvent);
            if (!value.HasValue)
                continue;
            NestedMessage pair = writer.Begin(OtlpField.RecordAttributes, attribute.Name.Length + value.Raw.Length);
            writer.Bytes(OtlpField.KeyValueKey, attribute.Name);
            ProtobufValue.Write(writer, OtlpField.KeyValueValue, value);
            writer.End(pair);
        }

        if (UnixNanoseconds.Of(auditEvent.ReceivedAt) is > 0 and var observed)
            writer.Fixed64(OtlpField.RecordObservedTime, observed);
        writer.Text(OtlpField.RecordEventName, auditEvent.Type);
        writer.End(record);
    }

    private static byte[] Message(Action<ProtobufWriter> write)
    {
        using var buffer = new PooledBuffer(256);
        write(new ProtobufWriter(buffer));
        return buffer.Written.ToArray();
    }
}
