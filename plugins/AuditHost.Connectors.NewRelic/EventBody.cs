using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Writes requests of the Event API: an array of flat objects ("Send custom events with our Event API", JSON format guidelines). The API answers
/// 200 whatever it finds in them, so all its rules are kept here.
/// </summary>
internal sealed class EventBody : ITelemetryBody
{
    private readonly byte[] _type;
    private readonly CommonAttributes _common;
    private readonly EnvelopeAttribute[] _envelope;
    private readonly bool _refusesOversized;

    /// <exception cref="SettingsException">The type of events cannot be one.</exception>
    public EventBody(NewRelicSettings settings, CommonAttributes common, EnvelopeAttribute[] envelope)
    {
        CheckType(settings.EventType);
        _type = Encoding.ASCII.GetBytes(settings.EventType);
        _common = common;
        _envelope = envelope;
        OversizedEvents oversized = settings.OversizedEvents ?? (settings.Send.Contains(TelemetryKind.Logs) ? OversizedEvents.Cut : OversizedEvents.DeadLetter);
        _refusesOversized = oversized == OversizedEvents.DeadLetter;
    }

    public TelemetryKind Kind => TelemetryKind.Events;

    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Empty { get; } = "[]"u8.ToArray();

    public string? Refuse(in OutboundEvent outbound, string contentType)
    {
        if (!_refusesOversized)
            return null;
        using var attributes = new AttributeWriter(NewRelicLimits.EventValue);
        using var body = new PooledBuffer(8 << 10);
        var json = new JsonWriter(body);
        int cuts = WriteEvent(outbound, JsonMediaType.Matches(contentType), isLate: false, attributes, ref json);
        return cuts == 0
            ? null
            : $"{cuts} attributes too many or too long; a custom event has {NewRelicLimits.Attributes} of at most {NewRelicLimits.EventValue} characters (oversized_events)";
    }

    public void Write(BatchPlan plan, PooledBuffer body)
    {
        using var attributes = new AttributeWriter(NewRelicLimits.EventValue);
        bool isJson = JsonMediaType.Matches(plan.Batch.ContentType);
        var json = new JsonWriter(body);
        json.BeginArray();
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (plan.Wants(index, TelemetryKind.Events))
                WriteEvent(plan.Batch[index], isJson, plan.IsLate(index, TelemetryKind.Events), attributes, ref json);
        }

        json.EndArray();
        json.Flush();
    }

    /// <returns>How many names and values were cut or left out.</returns>
    private int WriteEvent(in OutboundEvent outbound, bool isJson, bool isLate, AttributeWriter attributes, ref JsonWriter json)
    {
        json.BeginObject();
        json.Name("eventType"u8);
        json.Quoted(_type);
        if (!isLate)
        {
            json.Name("timestamp"u8);
            json.Number(outbound.Event.Time.ToUnixTimeMilliseconds());
        }

        json.Literal(_common.Json);
        attributes.Begin(_common.All);
        attributes.Write("event.severity"u8, SeverityName.Of(outbound.Event.Severity), ref json);
        foreach (EnvelopeAttribute attribute in _envelope)
            attributes.Write(attribute.Name, attribute.Field(outbound.Event), ref json);
        if (isJson && outbound.Payload.Span is [(byte)'{', ..])
            attributes.WriteAll(outbound.Payload.Span, ref json);
        else
            attributes.Write("event.text"u8, outbound.Payload.Span, ref json);
        attributes.WriteCuts(ref json);
        json.EndObject();
        return attributes.Cuts;
    }

    private static void CheckType(string type)
    {
        bool isType = type.Length is > 0 and <= NewRelicLimits.EventType && type.All(one => char.IsAsciiLetterOrDigit(one) || one is ':' or '_');
        if (!isType)
            throw new SettingsException("event_type", $"Not the type of an event. Use letters, digits, ':' and '_', at most {NewRelicLimits.EventType}");

        // "Prohibited eventType values": events of these types are dropped.
        bool isReserved = type is "Metric" or "MetricRaw" || type.StartsWith("Public_", StringComparison.Ordinal)
            || (type.StartsWith("Metric", StringComparison.Ordinal) && char.IsAsciiDigit(type["Metric".Length]));
        if (isReserved)
            throw new SettingsException("event_type", "New Relic has a use of its own for this type, and drops such events. Choose another");
    }
}
