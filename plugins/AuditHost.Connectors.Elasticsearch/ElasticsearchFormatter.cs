using System.Buffers;
using System.Text.Json;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// The document of the integration design: the event's own members, whoever made it, but for the environment variables of the process, and beside
/// them what searches and dashboards ask for. A member that the document has for itself replaces one of the event's: Elasticsearch refuses a name
/// that stands there twice.
/// </summary>
internal sealed class ElasticsearchFormatter : IEventFormatter
{
    public string ContentType => "application/json";

    public void Format(AuditEvent auditEvent, IBufferWriter<byte> output)
    {
        var json = new JsonWriter(output);
        json.BeginObject();
        json.Name("@timestamp"u8);
        json.Time(auditEvent.Time);
        Envelope seen = CopyMembers(auditEvent.Json.Span, ref json);
        if ((seen & Envelope.Id) == 0)
            json.Member("event_id"u8, auditEvent.Id);
        if ((seen & Envelope.Type) == 0)
            json.Member("event_type"u8, auditEvent.Type);
        if ((seen & Envelope.Severity) == 0)
            json.Member("severity"u8, SeverityName.Of(auditEvent.Severity));
        WriteSearchFields(auditEvent, ref json);
        WriteAnalytics(auditEvent, ref json);
        json.EndObject();
        json.Flush();
    }

    private static Envelope CopyMembers(ReadOnlySpan<byte> source, ref JsonWriter json)
    {
        Envelope seen = default;
        var reader = new Utf8JsonReader(source);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("context"u8))
                CopyWithout("environment"u8, source, ref reader, ref json);
            else if (reader.ValueTextEquals("@timestamp"u8) || reader.ValueTextEquals("search_fields"u8) || reader.ValueTextEquals("analytics"u8))
                Skip(ref reader);
            else
                seen |= Copy(source, ref reader, ref json);
        }

        return seen;
    }

    /// <summary>Copies the context and in it the environment, but for the variables.</summary>
    private static void CopyWithout(ReadOnlySpan<byte> nested, ReadOnlySpan<byte> source, ref Utf8JsonReader reader, ref JsonWriter json)
    {
        json.Name(reader.ValueSpan);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            CopyValue(source, ref reader, ref json);
            return;
        }

        json.BeginObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!nested.IsEmpty && reader.ValueTextEquals(nested))
                CopyWithout(default, source, ref reader, ref json);
            else if (nested.IsEmpty && reader.ValueTextEquals("environment_variables"u8))
                Skip(ref reader);
            else
                Copy(source, ref reader, ref json);
        }

        json.EndObject();
    }

    private static Envelope Copy(ReadOnlySpan<byte> source, ref Utf8JsonReader reader, ref JsonWriter json)
    {
        Envelope member = default;
        if (reader.ValueTextEquals("event_id"u8))
            member = Envelope.Id;
        else if (reader.ValueTextEquals("event_type"u8))
            member = Envelope.Type;
        else if (reader.ValueTextEquals("severity"u8))
            member = Envelope.Severity;
        json.Name(reader.ValueSpan);
        reader.Read();
        CopyValue(source, ref reader, ref json);
        return member;
    }

    private static void CopyValue(ReadOnlySpan<byte> source, ref Utf8JsonReader reader, ref JsonWriter json)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        json.Json(source[start..(int)reader.BytesConsumed]);
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static void WriteSearchFields(AuditEvent auditEvent, ref JsonWriter json)
    {
        json.Name("search_fields"u8);
        json.BeginObject();
        EventValue user = auditEvent.User;
        json.Name("user"u8);
        if (user.HasValue && !user.Raw.IsEmpty)
            json.Value(user);
        else
            json.Quoted("system"u8);
        json.Member("hostname"u8, auditEvent.Host);
        json.Member("operation"u8, auditEvent.Operation);
        json.Member("classification"u8, auditEvent.Classification);
        json.Name("compliance"u8);
        if (auditEvent.ComplianceProfiles.Kind == EventValueKind.Array)
            json.Value(auditEvent.ComplianceProfiles);
        else
            json.Literal("[]"u8);
        json.EndObject();
    }

    private static void WriteAnalytics(AuditEvent auditEvent, ref JsonWriter json)
    {
        DateTime time = auditEvent.Time.UtcDateTime;
        EventValue profiles = auditEvent.ComplianceProfiles;
        json.Name("analytics"u8);
        json.BeginObject();
        json.Name("hour_of_day"u8);
        json.Number(time.Hour);
        json.Name("day_of_week"u8);
        json.Number(((int)time.DayOfWeek + 6) % 7);
        json.Name("has_compliance"u8);
        json.Boolean(profiles.Kind == EventValueKind.Array && ScalarList.Count(profiles.Raw) > 0);
        json.Name("is_security_event"u8);
        json.Boolean(auditEvent.Type.Equals("SecurityEvent"u8));
        json.EndObject();
    }

    /// <summary>Which members of the envelope the event has under the names of copybook-rs.</summary>
    [Flags]
    private enum Envelope
    {
        None = 0,
        Id = 1,
        Type = 2,
        Severity = 4,
    }
}
