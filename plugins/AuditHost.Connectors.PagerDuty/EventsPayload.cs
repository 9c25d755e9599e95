using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>Copies the payload of a message, and adds what PagerDuty requires and it leaves out.</summary>
internal sealed class EventsPayload(SeverityWords severities)
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="payload">The message's.</param>
    /// <param name="auditEvent">The event it is about.</param>
    /// <param name="isChange">Whether it is a change, which has fewer members.</param>
    /// <exception cref="MessageException">PagerDuty could not take it.</exception>
    public void Write(ref JsonWriter json, scoped EventValue payload, AuditEvent auditEvent, bool isChange)
    {
        if (payload.Kind != EventValueKind.Object)
            throw new MessageException("The message has no object payload. Use format pagerduty, or a template that writes {\"payload\":{\"summary\":…}}");
        bool hasSummary = false, hasSource = false, hasSeverity = false;
        json.Name("payload"u8);
        json.BeginObject();
        var members = new JsonMembers(payload.Raw);
        while (members.MoveNext())
        {
            if (members.Is("summary"u8))
            {
                hasSummary = WriteSummary(ref json, members.Value);
                continue;
            }

            if (isChange && (members.Is("severity"u8) || members.Is("component"u8) || members.Is("group"u8) || members.Is("class"u8)))
                continue;
            hasSource |= members.Is("source"u8);
            hasSeverity |= members.Is("severity"u8);
            json.Name(members.Name);
            json.Json(members.Json);
        }

        if (!hasSummary)
            throw new MessageException("The message has no text in payload.summary, which PagerDuty requires. Give the template one");
        if (!hasSource)
            WriteSource(ref json, auditEvent);
        if (!hasSeverity && !isChange)
            json.Member("severity"u8, severities.Of(auditEvent.Severity));
        json.EndObject();
    }

    private static bool WriteSummary(ref JsonWriter json, scoped EventValue value)
    {
        if (value.Kind != EventValueKind.String)
            return false;
        using var text = new DecodedText(value);
        ReadOnlySpan<byte> summary = Utf8Text.CutCharacters(text.Utf8, EventsLimits.SummaryCharacters);
        if (summary.Trim(" \t\r\n"u8).IsEmpty)
            return false;
        json.Member("summary"u8, summary);
        return true;
    }

    private static void WriteSource(ref JsonWriter json, AuditEvent auditEvent)
    {
        EventValue source = auditEvent.Host is { HasValue: true, Raw.IsEmpty: false } host ? host : auditEvent.Source;
        using var text = new DecodedText(source);
        json.Member("source"u8, text.Utf8.IsEmpty ? "AuditHost"u8 : Utf8Text.CutCharacters(text.Utf8, EventsLimits.SummaryCharacters));
    }
}
