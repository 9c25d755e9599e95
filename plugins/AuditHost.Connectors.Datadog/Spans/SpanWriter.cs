using System.Text;
using AuditHost.Connectors.Datadog.Metrics;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Protobuf;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Spans;

/// <summary>Writes an <c>ExportTraceServiceRequest</c> in protobuf: a span for each event that tells how long an operation took.</summary>
internal sealed class SpanWriter
{
    private const int InternalKind = 1;
    private const ulong OkStatus = 1;
    private const ulong ErrorStatus = 2;

    // Estimates.
    private const int SpanSize = 400;
    private const int AttributeSize = 100;

    private readonly byte[] _resource;
    private readonly byte[] _scope;

    public SpanWriter(DatadogOptions options)
    {
        _resource = Message(writer =>
        {
            Text(writer, TraceField.ResourceAttributes, "service.name"u8, Encoding.UTF8.GetBytes(options.ServiceName));
            Text(writer, TraceField.ResourceAttributes, "host.name"u8, Encoding.UTF8.GetBytes(options.HostName));
            if (options.Environment is not { } environment)
                return;

            // The second is the name that Agents before 7.58 know.
            Text(writer, TraceField.ResourceAttributes, "deployment.environment.name"u8, Encoding.UTF8.GetBytes(environment));
            Text(writer, TraceField.ResourceAttributes, "deployment.environment"u8, Encoding.UTF8.GetBytes(environment));
        });
        _scope = Message(static writer => writer.Bytes(TraceField.ScopeName, "audithost"u8));
    }

    /// <summary>Writes the spans that are still to be sent.</summary>
    /// <returns>How many there are; with none, what was written is no request.</returns>
    public int Write(BatchProgress progress, PooledBuffer body)
    {
        var writer = new ProtobufWriter(body);
        int count = 0;
        NestedMessage resourceSpans = writer.Begin(TraceField.RequestResourceSpans, SpanSize * progress.Batch.Count);
        writer.Bytes(TraceField.ResourceSpansResource, _resource);
        NestedMessage scopeSpans = writer.Begin(TraceField.ResourceSpansScopeSpans, SpanSize * progress.Batch.Count);
        writer.Bytes(TraceField.ScopeSpansScope, _scope);
        for (int index = 0; index < progress.Batch.Count; index++)
        {
            if (progress.Needs(index, Intakes.Spans) && TryWrite(writer, progress.Batch[index].Event))
                count++;
        }

        writer.End(scopeSpans);
        writer.End(resourceSpans);
        return count;
    }

    /// <summary>Whether an event becomes a span: it tells a duration, which does not reach back behind 1970.</summary>
    public static bool HasSpan(AuditEvent auditEvent) => TryReadTimes(auditEvent, EventKinds.Of(auditEvent.Type), out _, out _);

    private static bool TryReadTimes(AuditEvent auditEvent, EventKind kind, out ulong start, out ulong end)
    {
        (start, end) = (0, UnixNanoseconds.Of(auditEvent));
        if (!OperationFigures.TryReadDuration(auditEvent, kind, out double milliseconds) || milliseconds * 1e6 >= end)
            return false;
        start = end - (ulong)(milliseconds * 1e6);
        return true;
    }

    private static bool TryWrite(ProtobufWriter writer, AuditEvent auditEvent)
    {
        EventKind kind = EventKinds.Of(auditEvent.Type);
        if (!TryReadTimes(auditEvent, kind, out ulong start, out ulong end))
            return false;
        Span<byte> id = stackalloc byte[SpanIds.TraceBytes];
        NestedMessage span = writer.Begin(TraceField.ScopeSpansSpans, SpanSize);
        SpanIds.WriteTrace(auditEvent, id);
        writer.Bytes(TraceField.SpanTraceId, id);
        SpanIds.WriteSpan(auditEvent, id);
        writer.Bytes(TraceField.SpanSpanId, id[..SpanIds.SpanBytes]);
        writer.Text(TraceField.SpanName, NameOf(auditEvent, kind));
        writer.Varint(TraceField.SpanKind, InternalKind);
        writer.Fixed64(TraceField.SpanStart, start);
        writer.Fixed64(TraceField.SpanEnd, end);
        Text(writer, "event.id"u8, auditEvent.Id);
        Text(writer, "event.type"u8, auditEvent.Type);
        Text(writer, "audit.operation_id"u8, auditEvent.Operation);
        Text(writer, "audit.host"u8, auditEvent.Host);
        WriteStatus(writer, auditEvent);
        writer.End(span);
        return true;
    }

    private static EventValue NameOf(AuditEvent auditEvent, EventKind kind)
    {
        EventValue operation = OperationFigures.Operation(auditEvent, kind);
        return JsonWriter.IsText(operation) ? operation : auditEvent.Type;
    }

    private static void WriteStatus(ProtobufWriter writer, AuditEvent auditEvent)
    {
        EventOutcome outcome = EventOutcomes.Of(auditEvent);
        if (outcome == EventOutcome.Unknown)
            return;
        NestedMessage status = writer.Begin(TraceField.SpanStatus, 2);
        writer.Varint(TraceField.StatusCode, outcome == EventOutcome.Failure ? ErrorStatus : OkStatus);
        writer.End(status);
    }

    private static void Text(ProtobufWriter writer, ReadOnlySpan<byte> name, EventValue value)
    {
        if (!JsonWriter.IsText(value))
            return;
        using var text = new DecodedText(value);
        Text(writer, TraceField.SpanAttributes, name, text.Utf8);
    }

    private static void Text(ProtobufWriter writer, int field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        NestedMessage attribute = writer.Begin(field, AttributeSize);
        writer.Bytes(TraceField.KeyValueKey, name);
        NestedMessage any = writer.Begin(TraceField.KeyValueValue, AttributeSize);
        writer.Bytes(TraceField.AnyString, value);
        writer.End(any);
        writer.End(attribute);
    }

    private static byte[] Message(Action<ProtobufWriter> write)
    {
        using var buffer = new PooledBuffer(256);
        write(new ProtobufWriter(buffer));
        return buffer.Written.ToArray();
    }
}
