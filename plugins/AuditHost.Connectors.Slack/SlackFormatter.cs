using System.Buffers;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>
/// Writes the message for an alert: text for notifications, and below each other a header, a line that says how bad, how many and when, the
/// fields, and the event's id. Without allocation.
/// </summary>
internal sealed class SlackFormatter(SlackFormatterSettings settings) : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var alert = new Alert(auditEvent);
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Name("text"u8);
        WriteTitle(auditEvent, alert, withCount: true, ref json);
        json.Name("blocks"u8);
        json.BeginArray();
        WriteHeader(auditEvent, alert, ref json);
        WriteSummary(auditEvent, alert, ref json);
        SlackFields.Write(auditEvent, ref json);
        if (settings.Payload)
            WritePayload(auditEvent, ref json);
        WriteIds(auditEvent, alert, ref json);
        json.EndArray();
        if (settings.Metadata)
            SlackMetadata.Write(auditEvent, alert, ref json);
        json.Name("unfurl_links"u8);
        json.Boolean(false);
        json.Name("unfurl_media"u8);
        json.Boolean(false);
        json.EndObject();
        json.Flush();
    }

    private static void WriteHeader(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        SlackBlock.Begin("header"u8, ref json);
        json.Name("text"u8);
        SlackBlock.BeginPlainText(ref json);
        WriteTitle(auditEvent, alert, withCount: false, ref json);
        SlackBlock.EndPlainText(ref json);
        json.EndObject();
    }

    private static void WriteTitle(AuditEvent auditEvent, Alert alert, bool withCount, ref JsonWriter json)
    {
        var title = new SlackText(stackalloc byte[SlackLimits.Title + SlackLimits.Markup], SlackLimits.Title, SlackLimits.TitleLength);
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

        if (withCount && alert.Count > 1)
        {
            title.Markup(", "u8);
            title.Number(alert.Count);
            title.Markup(" events"u8);
        }

        json.String(title.Written);
    }

    private static void WriteSummary(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        var summary = new SlackText(stackalloc byte[SlackLimits.Summary + SlackLimits.Markup], SlackLimits.Summary);
        summary.Markup(alert.Resolves ? ":white_check_mark: *Resolved*, "u8 : SlackSeverity.MarkOf(auditEvent.Severity));
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

        SlackBlock.Begin("section"u8, ref json);
        json.Name("text"u8);
        SlackBlock.Mrkdwn(summary.Written, ref json);
        json.EndObject();
    }

    private static void WriteTime(AuditEvent auditEvent, ref SlackText text)
    {
        if (auditEvent.Timestamp.HasValue && !auditEvent.Timestamp.Raw.IsEmpty)
        {
            text.Value(auditEvent.Timestamp);
            return;
        }

        Span<byte> time = stackalloc byte[32];
        auditEvent.Time.UtcDateTime.TryFormat(time, out int written, "yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
        text.Markup(time[..written]);
    }

    private static void WritePayload(AuditEvent auditEvent, ref JsonWriter json)
    {
        EventValue payload = auditEvent.Find("payload");
        if (!payload.HasValue)
            return;
        ReadOnlySpan<byte> fence = "```"u8;
        var text = new SlackText(stackalloc byte[SlackLimits.Payload + SlackLimits.Markup], SlackLimits.Payload, SlackLimits.SectionLength - fence.Length);
        text.Markup(fence);
        text.Value(payload.Raw, isCode: true);
        text.Markup(fence);
        SlackBlock.Begin("section"u8, ref json);
        json.Name("text"u8);
        SlackBlock.Mrkdwn(text.Written, ref json);
        json.EndObject();
    }

    private static void WriteIds(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        SlackBlock.Begin("context"u8, ref json);
        json.Name("elements"u8);
        json.BeginArray();
        WriteId("event "u8, auditEvent.Id, ref json);
        if (alert.Key.HasValue)
            WriteId("alert "u8, alert.Key, ref json);
        json.EndArray();
        json.EndObject();
    }

    private static void WriteId(ReadOnlySpan<byte> name, EventValue id, ref JsonWriter json)
    {
        var text = new SlackText(stackalloc byte[SlackLimits.Id + SlackLimits.Markup], SlackLimits.Id);
        text.Markup(name);
        text.Value(id);
        SlackBlock.BeginPlainText(ref json);
        json.String(text.Written);
        SlackBlock.EndPlainText(ref json);
    }
}
