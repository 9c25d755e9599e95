using System.Buffers;
using System.Globalization;
using AuditHost.PluginKit.Alerts;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>Writes what an alert says. Values are cut to what its fields take, so that it is taken whatever the event holds.</summary>
internal sealed class OpsGenieFormatter(OpsGenieFormatterSettings settings) : IEventFormatter
{
    private const int DetailCharacters = 1000;

    /// <summary>Longer lists of profiles say nothing to whoever is woken.</summary>
    private const int ProfilesBytes = 1000;

    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        using var summary = new PooledBuffer(1024);
        AlertSummary.Write(auditEvent, summary);
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Member("message"u8, Utf8Text.CutCharacters(summary.Written.Span, AlertLimits.Message));
        WriteDescription(ref json, summary, auditEvent);
        Text(ref json, "entity"u8, auditEvent.Host is { HasValue: true, Raw.IsEmpty: false } host ? host : auditEvent.Source, AlertLimits.Entity);
        Text(ref json, "source"u8, auditEvent.Source, AlertLimits.Source);
        json.Name("tags"u8);
        WriteTags(ref json, auditEvent);
        json.Name("details"u8);
        WriteDetails(ref json, auditEvent);
        json.EndObject();
        json.Flush();
    }

    private static void Text(ref JsonWriter json, ReadOnlySpan<byte> name, EventValue value, int limit)
    {
        using var text = new DecodedText(value);
        json.Member(name, Utf8Text.CutCharacters(text.Utf8, limit));
    }

    private static void WriteTags(ref JsonWriter json, AuditEvent auditEvent)
    {
        json.BeginArray();
        Tag(ref json, auditEvent.Type);
        json.String(SeverityName.Of(auditEvent.Severity));
        Tag(ref json, auditEvent.Classification);
        if (auditEvent.ComplianceProfiles is { Kind: EventValueKind.Array, Raw.Length: <= ProfilesBytes } profiles)
        {
            var texts = new JsonTexts(profiles.Raw);
            for (int left = AlertLimits.Tags - 3; left > 0 && texts.MoveNext(); left--)
                Tag(ref json, texts.Value);
        }

        json.EndArray();
    }

    private static void Tag(ref JsonWriter json, scoped EventValue value)
    {
        using var text = new DecodedText(value);
        ReadOnlySpan<byte> tag = Utf8Text.CutCharacters(text.Utf8.Trim(" \t\r\n"u8), AlertLimits.Tag);
        if (!tag.IsEmpty)
            json.String(tag);
    }

    private static void WriteDetails(ref JsonWriter json, AuditEvent auditEvent)
    {
        int left = AlertLimits.Details;
        json.BeginObject();
        Detail(ref json, "event_id"u8, auditEvent.Id, ref left);
        DetailsWriter.Write(ref json, "severity"u8, SeverityName.Of(auditEvent.Severity), ref left);
        Detail(ref json, "user"u8, auditEvent.User, ref left);
        Detail(ref json, "operation_id"u8, auditEvent.Operation, ref left);
        Detail(ref json, "classification"u8, auditEvent.Classification, ref left);
        Detail(ref json, "alert_group"u8, auditEvent.Find("alert.group"), ref left);
        Detail(ref json, "events"u8, auditEvent.Find("alert.count"), ref left);
        Detail(ref json, "events_since_open"u8, auditEvent.Find("alert.total"), ref left);
        Detail(ref json, "first_event"u8, auditEvent.Find("alert.first"), ref left);
        Detail(ref json, "last_event"u8, auditEvent.Find("alert.last"), ref left);
        json.EndObject();
    }

    private static void Detail(ref JsonWriter json, ReadOnlySpan<byte> name, EventValue value, ref int left)
    {
        using var text = new DecodedText(value);
        DetailsWriter.Write(ref json, name, Utf8Text.CutCharacters(text.Utf8, DetailCharacters), ref left);
    }

    private void WriteDescription(ref JsonWriter json, PooledBuffer summary, AuditEvent auditEvent)
    {
        var line = new Utf8Writer(summary);
        line.Write("\nat "u8);
        WriteTime(ref line, auditEvent.Time);
        WriteGroups(ref line, new Alert(auditEvent).Groups);
        EventValue payload = settings.Payload ? auditEvent.Find("payload") : default;
        if (payload.HasValue)
        {
            // Cut before it is copied: a payload can be far larger than any description.
            line.Write((byte)'\n');
            line.Write(Utf8Text.CutCharacters(payload.Raw, AlertLimits.Description));
        }

        line.Flush();
        json.Member("description"u8, Utf8Text.CutCharacters(summary.Written.Span, AlertLimits.Description));
    }

    private static void WriteGroups(ref Utf8Writer line, EventValue groups)
    {
        if (!groups.HasValue)
            return;
        line.Write("\nAlerts: "u8);
        line.Advance(AlertGroups.Write(groups, line.Reserve(AlertGroups.MaxBytes)));
    }

    private static void WriteTime(ref Utf8Writer line, DateTimeOffset time)
    {
        const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        time.UtcDateTime.TryFormat(line.Reserve(Format.Length), out int written, Format, CultureInfo.InvariantCulture);
        line.Advance(written);
    }
}
