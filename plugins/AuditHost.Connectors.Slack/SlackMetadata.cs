using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Slack;

/// <summary>What apps read of a message: Slack does not deduplicate, but what came twice has the same id here.</summary>
internal static class SlackMetadata
{
    private const int MaxIdBytes = 255;

    public static void Write(AuditEvent auditEvent, Alert alert, ref JsonWriter json)
    {
        json.Name("metadata"u8);
        json.BeginObject();
        json.Member("event_type"u8, "audithost_alert"u8);
        json.Name("event_payload"u8);
        json.BeginObject();
        WriteId("event_id"u8, auditEvent.Id, ref json);
        WriteId("dedup_key"u8, alert.Key, ref json);
        json.Member("action"u8, alert.Resolves ? "resolve"u8 : "trigger"u8);
        json.Member("severity"u8, SeverityName.Of(auditEvent.Severity));
        json.Name("count"u8);
        json.Number(alert.Count);
        json.Name("total"u8);
        json.Number(alert.Total);
        json.EndObject();
        json.EndObject();
    }

    private static void WriteId(ReadOnlySpan<byte> name, EventValue id, ref JsonWriter json)
    {
        using var text = new DecodedText(id);
        json.Member(name, Utf8Text.Cut(text.Utf8, MaxIdBytes));
    }
}
