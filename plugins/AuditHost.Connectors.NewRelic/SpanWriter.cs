using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using AuditHost.PluginKit.Events;
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
    private const int LongestVarint = 10;
    private const int NanosecondsPerTick = 100;
    private const long LongestSpan = 30 * TimeSpan.TicksPerMinute;
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int LengthType = 2;
    private const ulong KindInternal = 1;
    private const ulong StatusOk = 1;
    private const ulong StatusError = 2;

    private readonly EnvelopeAttribute[] _envelope;
    private readonly byte[] _resource;

    public SpanWriter(CommonAttributes common, EnvelopeAttribute[] envelope)
    {
        _envelope = envelope;
        using var resource = new PooledBuffer(256);
        using var pair = new PooledBuffer(256);
        foreach ((byte[] name, byte[] value) in common.All)
            Attribute(resource, pair, 1, name, value);
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
        using var span = new PooledBuffer(4 << 10);
        using var pair = new PooledBuffer(1 << 10);
        using var text = new PooledBuffer(1 << 10);
        using var spans = new PooledBuffer(64 << 10);
        using var scope = new PooledBuffer(64);

        // ScopeSpans: scope = 1, spans = 2; InstrumentationScope: name = 1.
        Bytes(scope, 1, "audithost"u8);
        Bytes(spans, 1, scope.Written.Span);
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (!plan.Wants(index, TelemetryKind.Traces))
                continue;
            span.Clear();
            WriteSpan(plan.Batch[index].Event, span, pair, text);
            Bytes(spans, 2, span.Written.Span);
        }

        // ExportTraceServiceRequest: resource_spans = 1; ResourceSpans: resource = 1, scope_spans = 2; Resource: attributes = 1.
        Head(body, 1, SizeOf(_resource.Length) + SizeOf(spans.Length));
        Bytes(body, 1, _resource);
        Bytes(body, 2, spans.Written.Span);
    }

    private void WriteSpan(AuditEvent auditEvent, PooledBuffer span, PooledBuffer pair, PooledBuffer text)
    {
        WriteIds(auditEvent, span, text);
        using (var type = new DecodedText(auditEvent.Type))
            Bytes(span, 5, type.Utf8.IsEmpty ? "AuditEvent"u8 : Utf8Text.CutCharacters(type.Utf8, NewRelicLimits.AttributeName));
        Varint(span, 6, KindInternal);
        Fixed64(span, 7, NanosecondsOf(StartOf(auditEvent)));
        Fixed64(span, 8, NanosecondsOf(auditEvent.Time));
        Attribute(span, pair, 9, "event.severity"u8, SeverityName.Of(auditEvent.Severity));
        foreach (EnvelopeAttribute attribute in _envelope)
            WriteAttribute(span, pair, text, attribute, auditEvent);
        WriteStatus(span, EventOutcomes.Of(auditEvent));
    }

    /// <summary>
    /// The operation's id alone would be too little: the command line of copybook-rs uses one and the same for all its runs. What began at the
    /// same time under the same id is one operation.
    /// </summary>
    private static void WriteIds(AuditEvent auditEvent, PooledBuffer span, PooledBuffer material)
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
        Bytes(span, 1, hash[..TraceIdBytes]);
        material.Clear();
        auditEvent.Id.WriteTo(material);
        BinaryPrimitives.WriteUInt64LittleEndian(material.GetSpan(sizeof(ulong)), auditEvent.Sequence);
        material.Advance(sizeof(ulong));
        SHA256.HashData(material.Written.Span, hash);
        Bytes(span, 2, hash[..SpanIdBytes]);
    }

    private static void WriteAttribute(PooledBuffer span, PooledBuffer pair, PooledBuffer text, EnvelopeAttribute attribute, AuditEvent auditEvent)
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

        Attribute(span, pair, 9, attribute.Name, text.Written.Span);
    }

    /// <summary>Status: code = 3. Of an event that does not say how it ended nothing is said.</summary>
    private static void WriteStatus(PooledBuffer span, EventOutcome outcome)
    {
        if (outcome == EventOutcome.Unknown)
            return;
        Head(span, 15, 2);
        Varint(span, 3, outcome == EventOutcome.Failure ? StatusError : StatusOk);
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
    private static void Attribute(PooledBuffer output, PooledBuffer pair, int field, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        pair.Clear();
        Bytes(pair, 1, name);
        Head(pair, 2, SizeOf(text.Length));
        Bytes(pair, 1, text);
        Bytes(output, field, pair.Written.Span);
    }

    private static void Varint(PooledBuffer output, int field, ulong value)
    {
        Tag(output, field, VarintType);
        Number(output, value);
    }

    private static void Fixed64(PooledBuffer output, int field, ulong value)
    {
        Tag(output, field, Fixed64Type);
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    private static void Bytes(PooledBuffer output, int field, ReadOnlySpan<byte> value)
    {
        Head(output, field, value.Length);
        Raw(output, value);
    }

    private static void Head(PooledBuffer output, int field, int length)
    {
        Tag(output, field, LengthType);
        Number(output, (ulong)length);
    }

    private static void Raw(PooledBuffer output, ReadOnlySpan<byte> value)
    {
        value.CopyTo(output.GetSpan(value.Length));
        output.Advance(value.Length);
    }

    private static void Tag(PooledBuffer output, int field, int type) => Number(output, (ulong)((field << 3) | type));

    private static void Number(PooledBuffer output, ulong value)
    {
        Span<byte> target = output.GetSpan(LongestVarint);
        int used = 0;
        for (; value >= 0x80; value >>= 7)
            target[used++] = (byte)(value | 0x80);
        target[used] = (byte)value;
        output.Advance(used + 1);
    }

    /// <summary>How many bytes a text or message takes as a field below 16.</summary>
    private static int SizeOf(int length) => 1 + (BitOperations.Log2((uint)length | 1) / 7) + 1 + length;
}
