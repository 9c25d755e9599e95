using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>Writes requests of the Log API, in its detailed form ("Introduction to the Log API", JSON body).</summary>
internal sealed class LogBody(NewRelicSettings settings, CommonAttributes common, EnvelopeAttribute[] envelope) : ITelemetryBody
{
    public TelemetryKind Kind => TelemetryKind.Logs;

    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Empty { get; } = "[]"u8.ToArray();

    /// <summary>
    /// What a log keeps of its message is searched in the first characters and stored beside it up to a limit; the rest is dropped. An event
    /// must not lose its end in the only place that has it whole, unless the site wants it so.
    /// </summary>
    public string? Refuse(in OutboundEvent outbound, string contentType)
    {
        if (settings.OversizedEvents == OversizedEvents.Cut || outbound.Payload.Length + ShortMessage.MaxBytes < NewRelicLimits.LogValue + NewRelicLimits.LogBlob)
            return null;
        using var message = new PooledBuffer(outbound.Payload.Length + ShortMessage.MaxBytes + 1);
        WriteMessage(outbound, message);
        return message.Length <= KeptOf(message.Written.Span)
            ? null
            : $"{message.Length} bytes; New Relic keeps {NewRelicLimits.LogValue} characters and {NewRelicLimits.LogBlob} bytes of a log and drops the rest (oversized_events)";
    }

    public void Write(BatchPlan plan, PooledBuffer body)
    {
        using var message = new PooledBuffer(8 << 10);
        using var attributes = new AttributeWriter(NewRelicLimits.LogValue);
        bool hasFields = settings.LogAttributes == LogAttributes.All && JsonMediaType.Matches(plan.Batch.ContentType);
        var json = new JsonWriter(body);
        json.BeginArray();
        json.BeginObject();
        json.Name("common"u8);
        json.BeginObject();
        json.Name("attributes"u8);
        json.BeginObject();
        json.Literal(common.Json);
        json.EndObject();
        json.EndObject();
        json.Name("logs"u8);
        json.BeginArray();
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (plan.Wants(index, TelemetryKind.Logs))
                WriteLog(plan, index, hasFields, message, attributes, ref json);
        }

        json.EndArray();
        json.EndObject();
        json.EndArray();
        json.Flush();
    }

    private void WriteLog(BatchPlan plan, int index, bool hasFields, PooledBuffer message, AttributeWriter attributes, ref JsonWriter json)
    {
        ref readonly OutboundEvent outbound = ref plan.Batch[index];
        json.BeginObject();
        if (!plan.IsLate(index, TelemetryKind.Logs))
        {
            json.Name("timestamp"u8);
            json.Number(outbound.Event.Time.ToUnixTimeMilliseconds());
        }

        message.Clear();
        WriteMessage(outbound, message);
        bool isCut = Cut(message);
        json.Name("message"u8);
        json.String(message.Written.Span);
        json.Name("attributes"u8);
        json.BeginObject();
        attributes.Begin(common.All, isCut ? 1 : 0);
        attributes.Write("level"u8, LevelOf(outbound.Event.Severity), ref json);
        attributes.Write("event.severity"u8, SeverityName.Of(outbound.Event.Severity), ref json);
        foreach (EnvelopeAttribute attribute in envelope)
            attributes.Write(attribute.Name, attribute.Field(outbound.Event), ref json);
        if (hasFields && outbound.Payload.Span is [(byte)'{', ..])
            attributes.WriteAll(outbound.Payload.Span, ref json);
        attributes.WriteCuts(ref json);
        json.EndObject();
        json.EndObject();
    }

    private void WriteMessage(in OutboundEvent outbound, PooledBuffer message)
    {
        if (settings.LogMessage == LogMessage.SummaryAndEvent)
        {
            message.Advance(ShortMessage.Write(outbound.Event, message.GetSpan(ShortMessage.MaxBytes)));
            message.GetSpan(1)[0] = (byte)'\n';
            message.Advance(1);
        }

        ReadOnlySpan<byte> payload = outbound.Payload.Span;
        payload.CopyTo(message.GetSpan(payload.Length));
        message.Advance(payload.Length);
    }

    /// <summary>How much of a message New Relic keeps.</summary>
    private static int KeptOf(ReadOnlySpan<byte> message) => Utf8Text.CutCharacters(message, NewRelicLimits.LogValue).Length + NewRelicLimits.LogBlob;

    private static bool Cut(PooledBuffer message)
    {
        int kept = KeptOf(message.Written.Span);
        if (message.Length <= kept)
            return false;
        int end = Utf8Text.Cut(message.Written.Span, kept - AttributeWriter.MarkUtf8.Length).Length;
        AttributeWriter.MarkUtf8.CopyTo(message.Replace(end, message.Length - end, AttributeWriter.MarkUtf8.Length));
        return true;
    }

    /// <summary>The words by which New Relic's log view colours and filters.</summary>
    private static ReadOnlySpan<byte> LevelOf(Severity severity) => severity switch
    {
        Severity.Critical => "critical"u8,
        Severity.High => "error"u8,
        Severity.Medium => "warning"u8,
        Severity.Low => "notice"u8,
        _ => "info"u8,
    };
}
