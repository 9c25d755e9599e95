using System.Buffers;
using System.Globalization;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Teams;

/// <summary>
/// Writes the message for an alert: one Adaptive Card with a title, a line that says how bad, how many and when, the facts, and the event's
/// id. Without allocation.
/// </summary>
internal sealed class TeamsFormatter(TeamsFormatterSettings settings) : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var alert = new Alert(auditEvent);
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Member("type"u8, "message"u8);
        json.Name("attachments"u8);
        json.BeginArray();
        json.BeginObject();
        json.Member("contentType"u8, "application/vnd.microsoft.card.adaptive"u8);
        json.Name("contentUrl"u8);
        json.Literal("null"u8);
        json.Name("content"u8);
        WriteCard(auditEvent, alert, ref json);
        json.EndObject();
        json.EndArray();
        json.EndObject();
        json.Flush();
    }

    private void WriteCard(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        json.BeginObject();
        json.Member("$schema"u8, "http://adaptivecards.io/schemas/adaptive-card.json"u8);
        json.Member("type"u8, "AdaptiveCard"u8);
        json.Member("version"u8, "1.4"u8);
        json.Name("msteams"u8);
        json.BeginObject();
        json.Member("width"u8, "Full"u8);
        json.EndObject();
        json.Name("fallbackText"u8);
        WriteTitle(auditEvent, alert, ref json);
        json.Name("body"u8);
        json.BeginArray();
        CardElement.BeginText("Large"u8, "Bolder"u8, CardSeverity.ColourOf(auditEvent.Severity, alert.Resolves), ref json);
        WriteTitle(auditEvent, alert, ref json);
        CardElement.EndText(ref json);
        WriteSummary(auditEvent, alert, ref json);
        CardFacts.Write(auditEvent, ref json);
        if (settings.Payload)
            WritePayload(auditEvent, ref json);
        WriteIds(auditEvent, alert, ref json);
        json.EndArray();
        json.EndObject();
    }

    private static void WriteTitle(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        var title = new CardText(stackalloc byte[CardLimits.Title + CardLimits.Markup], CardLimits.Title);
        title.Markup(alert.Resolves ? "Resolved: "u8 : "Alert: "u8);
        using (var group = new DecodedText(alert.Group))
        using (var type = new DecodedText(auditEvent.Type))
        {
            if (ShownText.HasAny(group.Utf8))
            {
                title.Value(group.Utf8);
            }
            else
            {
                title.Value(ShownText.HasAny(type.Utf8) ? type.Utf8 : "audit event"u8);
                title.Value(" "u8);
                title.Value(SeverityName.Of(auditEvent.Severity));
            }
        }

        json.String(title.Written);
    }

    private static void WriteSummary(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        var summary = new CardText(stackalloc byte[CardLimits.Summary + CardLimits.Markup], CardLimits.Summary);
        summary.Markup(alert.Resolves ? "Resolved"u8 : SeverityName.Of(auditEvent.Severity));
        summary.Markup(", "u8);
        if (alert.Count > 1)
        {
            summary.Number(alert.Count);
            summary.Markup(" events from "u8);
            summary.Value(alert.First);
            summary.Markup(" to "u8);
            summary.Value(alert.Last);
        }
        else
        {
            WriteTime(auditEvent, ref summary);
        }

        if (alert.Total > alert.Count)
        {
            summary.Markup(", "u8);
            summary.Number(alert.Total);
            summary.Markup(" since the alert opened"u8);
        }

        CardElement.BeginText("Default"u8, "Default"u8, "Default"u8, ref json);
        json.String(summary.Written);
        CardElement.EndText(ref json);
    }

    private static void WriteTime(AuditEvent auditEvent, ref CardText text)
    {
        if (auditEvent.Timestamp.HasValue && !auditEvent.Timestamp.Raw.IsEmpty)
        {
            text.Value(auditEvent.Timestamp);
            return;
        }

        Span<byte> time = stackalloc byte[32];
        auditEvent.Time.UtcDateTime.TryFormat(time, out int written, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        text.Markup(time[..written]);
    }

    private static void WritePayload(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue payload = auditEvent.Find("payload");
        if (!payload.HasValue)
            return;
        byte[] rented = ArrayPool<byte>.Shared.Rent(CardLimits.Payload + CardLimits.Markup);
        var text = new CardText(rented, CardLimits.Payload);
        text.Value(payload.Raw);
        CardElement.BeginText("Small"u8, "Default"u8, "Default"u8, ref json);
        json.String(text.Written);
        json.Member("fontType"u8, "Monospace"u8);
        CardElement.EndText(ref json);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WriteIds(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        var text = new CardText(stackalloc byte[CardLimits.Ids + CardLimits.Markup], CardLimits.Ids);
        if (alert.Key.HasValue)
        {
            text.Markup("alert "u8);
            text.Value(alert.Key);
            text.Markup(", "u8);
        }

        text.Markup("event "u8);
        text.Value(auditEvent.Id);
        CardElement.BeginText("Small"u8, "Default"u8, "Default"u8, ref json);
        json.String(text.Written);
        json.Name("isSubtle"u8);
        json.Boolean(true);
        CardElement.EndText(ref json);
    }
}
