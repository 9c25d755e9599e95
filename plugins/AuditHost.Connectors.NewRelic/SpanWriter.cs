using System.Buffers.Binary;
using System.Security.Cryptography;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Protobuf;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Writes requests of OTLP with a span for each event (opentelemetry-proto, trace/v1). Ids are made of the event's own, so that an event that
/// comes again is the same span; events of one operation are one trace.
/// </summary>
internal sealed class SpanWriter : ITelemetryBody
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;
    private const int NanosecondsPerTick = 100;
    private const long LongestSpan = 30 * TimeSpan.TicksPerMinute;
    private const int ExpectedSpan = 1 << 10;
    private const int ExpectedAttribute = 96;
    private const ulong KindInternal = 1;
    private const ulong StatusOk = 1;
    private const ulong StatusError = 2;

    private readonly EnvelopeAttribute[] _envelope;
    private readonly byte[] _resource;

    public SpanWriter(CommonAttributes common, EnvelopeAttribute[] envelope)
    {
        _envelope = envelope;
        using var resource = new PooledBuffer(256);
        var fields = new ProtobufWriter(resource);
        foreach ((byte[] name, byte[] value) in common.All)
            Attribute(fields, 1, name, value);
        _resource = resource.Written.ToArray();
    }

    public TelemetryKind Kind => TelemetryKind.Traces;

    public string ContentType => "application/x-protobuf";

    public ReadOnlyMemory<byte> Empty => default;

    public string? Refuse(in OutboundEvent outbound, string contentType) => null;

    /// <summary>When the span of an event begins.</summary>
    public static DateTimeOffset StartOf(AuditEvent auditEvent) => auditEvent.Time.UtcTicks > LongestSpan ? auditEvent.Time.AddTicks(-DurationOf(auditEvent)) : auditEvent.Time;

    public void Write(BatchPlan plan, PooledBuffer body)
    {
        using var text = new PooledBuffer(1 << 10);
        var fields = new ProtobufWriter(body);
        int expected = ExpectedSpan * plan.Batch.Count;

        // ExportTraceServiceRequest: resource_spans = 1; ResourceSpans: resource = 1, scope_spans = 2; Resource: attributes = 1.
        NestedMessage resourceSpans = fields.Begin(1, _resource.Length + expected);
        fields.Bytes(1, _resource);

        // ScopeSpans: scope = 1, spans = 2; InstrumentationScope: name = 1.
        NestedMessage scopeSpans = fields.Begin(2, expected);
        NestedMessage scope = fields.Begin(1, "audithost"u8.Length);
        fields.Bytes(1, "audithost"u8);
        fields.End(scope);
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (!plan.Wants(index, TelemetryKind.Traces))
                continue;
            NestedMessage span = fields.Begin(2, ExpectedSpan);
            WriteSpan(plan.Batch[index].Event, fields, text);
            fields.End(span);
        }

        fields.End(scopeSpans);
        fields.End(resourceSpans);
    }

    private void WriteSpan(AuditEvent auditEvent, ProtobufWriter span, PooledBuffer text)
    {
        WriteIds(auditEvent, span, text);
        using (var type = new DecodedText(auditEvent.Type))
            span.Bytes(5, type.Utf8.IsEmpty ? "AuditEvent"u8 : Utf8Text.CutCharacters(type.Utf8, NewRelicLimits.AttributeName));
        span.Varint(6, KindInternal);
        span.Fixed64(7, NanosecondsOf(StartOf(auditEvent)));
        span.Fixed64(8, NanosecondsOf(auditEvent.Time));
        Attribute(span, 9, "event.severity"u8, SeverityName.Of(auditEvent.Severity));
        foreach (EnvelopeAttribute attribute in _envelope)
            WriteAttribute(span, text, attribute, auditEvent);
        WriteStatus(span, EventOutcomes.Of(auditEvent));
    }

    /// <summary>
    /// The operation's id alone would be too little: the command line of copybook-rs uses one and the same for all its runs. What began at the
    /// same time under the same id is one operation.
    /// </summary>
    private static void WriteIds(AuditEvent auditEvent, ProtobufWriter span, PooledBuffer material)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        material.Clear();
        EventValue operation = auditEvent.Operation;
        if (operation.HasValue && !operation.Raw.IsEmpty)
        {
            operation.WriteTo(material);
            auditEvent.Find("context.started_at").WriteTo(material);
        }
        else
        {
            auditEvent.Id.WriteTo(material);
        }

        SHA256.HashData(material.Written.Span, hash);
        span.Bytes(1, hash[..TraceIdBytes]);
        material.Clear();
        auditEvent.Id.WriteTo(material);
        BinaryPrimitives.WriteUInt64LittleEndian(material.GetSpan(sizeof(ulong)), auditEvent.Sequence);
        material.Advance(sizeof(ulong));
        SHA256.HashData(material.Written.Span, hash);
        span.Bytes(2, hash[..SpanIdBytes]);
    }

    private static void WriteAttribute(ProtobufWriter span, PooledBuffer text, EnvelopeAttribute attribute, AuditEvent auditEvent)
    {
        EventValue value = attribute.Field(auditEvent);
        text.Clear();
        if (value.Kind == EventValueKind.Array && AttributeWriter.IsFlat(value.Raw))
            text.Advance(ScalarList.Join(value.Raw, text.GetSpan(value.Raw.Length)));
        else
            value.WriteTo(text);
        if (text.Length == 0)
            return;
        if (Utf8Text.CutCharacters(text.Written.Span, NewRelicLimits.SpanValue).Length < text.Length)
        {
            int end = Utf8Text.CutCharacters(text.Written.Span, NewRelicLimits.SpanValue - AttributeWriter.Mark.Length).Length;
            AttributeWriter.MarkUtf8.CopyTo(text.Replace(end, text.Length - end, AttributeWriter.MarkUtf8.Length));
        }

        Attribute(span, 9, attribute.Name, text.Written.Span);
    }

    /// <summary>Status: code = 3. Of an event that does not say how it ended nothing is said.</summary>
    private static void WriteStatus(ProtobufWriter span, EventOutcome outcome)
    {
        if (outcome == EventOutcome.Unknown)
            return;
        NestedMessage status = span.Begin(15, 2);
        span.Varint(3, outcome == EventOutcome.Failure ? StatusError : StatusOk);
        span.End(status);
    }

    private static ulong NanosecondsOf(DateTimeOffset time) => (ulong)(time.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;

    /// <summary>
    /// How long it took what the event is about, in ticks. New Relic takes no span that began an hour ago, so what took too long is a point.
    /// </summary>
    private static long DurationOf(AuditEvent auditEvent)
    {
        EventValue duration = auditEvent.Find(DurationPathOf(auditEvent.Type));
        return duration.Kind == EventValueKind.Number && duration.TryGetInt64(out long milliseconds) && milliseconds is > 0 and <= LongestSpan / TimeSpan.TicksPerMillisecond
            ? milliseconds * TimeSpan.TicksPerMillisecond
            : 0;
    }

    private static string DurationPathOf(EventValue type)
    {
        if (type.Equals("CopybookParse"u8))
            return "payload.data.parsing_duration_ms";
        if (type.Equals("DataValidation"u8))
            return "payload.data.validation_duration_ms";
        return type.Equals("DataTransformation"u8) ? "payload.data.processing_duration_ms" : "payload.data.metrics.latency_ms";
    }

    /// <summary>KeyValue: key = 1, value = 2; AnyValue: string_value = 1.</summary>
    private static void Attribute(ProtobufWriter output, int field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        NestedMessage pair = output.Begin(field, ExpectedAttribute);
        output.Bytes(1, name);
        NestedMessage value = output.Begin(2, text.Length + 2);
        output.Bytes(1, text);
        output.End(value);
        output.End(pair);
    }
}
