using System.Buffers;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>Writes the payload of a PagerDuty event, in the fields of PagerDuty's Common Event Format. Values are cut, so that the whole always fits.</summary>
internal sealed class PagerDutyFormatter(PagerDutyFormatterSettings settings) : IEventFormatter
{
    private const int NameCharacters = 1000;

    /// <summary>Half of what a body may have; the rest is far less.</summary>
    private const int PayloadBytes = 256 << 10;

    private const int ListBytes = 4096;

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        using var summary = new PooledBuffer(1024);
        AlertSummary.Write(auditEvent, summary);
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Name("payload"u8);
        json.BeginObject();
        json.Member("summary"u8, Utf8Text.CutCharacters(summary.Written.Span, EventsLimits.SummaryCharacters));
        Name(ref json, "source"u8, auditEvent.Host is { HasValue: true, Raw.IsEmpty: false } host ? host : auditEvent.Source);
        json.Name("timestamp"u8);
        json.Time(auditEvent.Time);
        Name(ref json, "component"u8, auditEvent.Source);
        Name(ref json, "group"u8, auditEvent.Classification);
        Name(ref json, "class"u8, auditEvent.Type);
        json.Name("custom_details"u8);
        WriteDetails(ref json, auditEvent);
        json.EndObject();
        json.EndObject();
        json.Flush();
    }

    private static void Name(ref JsonWriter json, ReadOnlySpan<byte> name, EventValue value)
    {
        using var text = new DecodedText(value);
        json.Member(name, Utf8Text.CutCharacters(text.Utf8, NameCharacters));
    }

    private void WriteDetails(ref JsonWriter json, AuditEvent auditEvent)
    {
        json.BeginObject();
        Name(ref json, "event_id"u8, auditEvent.Id);
        json.Member("severity"u8, SeverityName.Of(auditEvent.Severity));
        Name(ref json, "user"u8, auditEvent.User);
        Name(ref json, "operation_id"u8, auditEvent.Operation);
        if (auditEvent.ComplianceProfiles is { Kind: EventValueKind.Array, Raw.Length: <= ListBytes } profiles)
            json.Member("compliance_profiles"u8, profiles);
        Name(ref json, "alert_group"u8, auditEvent.Find("alert.group"));
        WriteGroups(ref json, new Alert(auditEvent).Groups);
        Number(ref json, "events"u8, auditEvent.Find("alert.count"));
        Number(ref json, "events_since_open"u8, auditEvent.Find("alert.total"));
        Name(ref json, "first_event"u8, auditEvent.Find("alert.first"));
        Name(ref json, "last_event"u8, auditEvent.Find("alert.last"));
        if (settings.Payload)
            WritePayload(ref json, auditEvent.Find("payload"));
        json.EndObject();
    }

    private static void WriteGroups(ref JsonWriter json, EventValue groups)
    {
        byte[] line = ArrayPool<byte>.Shared.Rent(AlertGroups.MaxBytes);
        ReadOnlySpan<byte> alerts = Utf8Text.CutCharacters(line.AsSpan(0, AlertGroups.Write(groups, line)), NameCharacters);
        if (!alerts.IsEmpty)
            json.Member("alerts"u8, alerts);
        ArrayPool<byte>.Shared.Return(line);
    }

    private static void Number(ref JsonWriter json, ReadOnlySpan<byte> name, EventValue value)
    {
        if (value.TryGetInt64(out long number))
        {
            json.Name(name);
            json.Number(number);
        }
    }

    private static void WritePayload(ref JsonWriter json, EventValue payload)
    {
        if (payload.Raw.Length <= PayloadBytes)
            json.Member("payload"u8, payload);
        else
            json.Member("payload"u8, "Left out, because it is too large for PagerDuty. The event has it."u8);
    }
}
