using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.EventStream;

/// <summary>
/// Writes the body of an event ("Post an event"): text of at most 4,000 characters, so what happened in a line and what it is found by, never the whole event.
/// </summary>
internal sealed class EventNotice(DatadogOptions options)
{
    private const int MaxAggregationKey = 100;

    // Of each line below the first; five of them stay far below the text's limit.
    private const int MaxLineCharacters = 500;

    private readonly byte[][] _tags = [.. options.Tags.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[] _host = Encoding.UTF8.GetBytes(options.HostName);

    public void Write(AuditEvent auditEvent, bool hasTime, PooledBuffer body)
    {
        Span<byte> title = stackalloc byte[ShortMessage.MaxBytes];
        title = title[..ShortMessage.Write(auditEvent, title)];
        using var text = new PooledBuffer(1 << 10);
        WriteText(auditEvent, text);
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Member("title"u8, title);
        json.Member("text"u8, text.Written.Span);
        json.Member("alert_type"u8, AlertTypeOf(auditEvent.Severity));
        json.Member("priority"u8, auditEvent.Severity >= Severity.Medium ? "normal"u8 : "low"u8);
        if (hasTime)
        {
            json.Name("date_happened"u8);
            json.Number(auditEvent.Time.ToUnixTimeSeconds());
        }

        using (var operation = new DecodedText(auditEvent.Operation))
            json.Member("aggregation_key"u8, Utf8Text.CutCharacters(operation.Utf8, MaxAggregationKey));
        if (JsonWriter.IsText(auditEvent.Host))
            json.TextMember("host"u8, auditEvent.Host);
        else
            json.Member("host"u8, _host);
        json.Member("source_type_name"u8, options.Source);
        WriteTags(auditEvent, ref json);
        json.EndObject();
        json.Flush();
    }

    private static void WriteText(AuditEvent auditEvent, PooledBuffer text)
    {
        Line(text, "event_id: "u8, auditEvent.Id);
        Line(text, "time: "u8, auditEvent.Timestamp);
        Line(text, "source: "u8, auditEvent.Source);
        Line(text, "operation_id: "u8, auditEvent.Operation);
        Line(text, "classification: "u8, auditEvent.Classification);
    }

    private static void Line(PooledBuffer text, ReadOnlySpan<byte> name, EventValue value)
    {
        if (!JsonWriter.IsText(value))
            return;
        using var decoded = new DecodedText(value);
        ReadOnlySpan<byte> cut = Utf8Text.CutCharacters(decoded.Utf8, MaxLineCharacters);
        Span<byte> target = text.GetSpan(name.Length + cut.Length + 1);
        name.CopyTo(target);
        cut.CopyTo(target[name.Length..]);
        target[name.Length + cut.Length] = (byte)'\n';
        text.Advance(name.Length + cut.Length + 1);
    }

    private void WriteTags(AuditEvent auditEvent, ref JsonWriter json)
    {
        json.Name("tags"u8);
        json.BeginArray();
        foreach (byte[] tag in _tags)
            json.String(tag);
        WriteTag(ref json, "event_type:"u8, auditEvent.Type);
        WriteTag(ref json, "severity:"u8, new EventValue(EventValueKind.String, SeverityName.Of(auditEvent.Severity)));
        json.EndArray();
    }

    private static void WriteTag(ref JsonWriter json, ReadOnlySpan<byte> name, EventValue value)
    {
        Span<byte> tag = stackalloc byte[16 + TagText.MaxValueBytes];
        name.CopyTo(tag);
        using var text = new DecodedText(value);
        int length = TagText.Normalize(text.Utf8, tag[name.Length..]);
        if (length > 0)
            json.Quoted(tag[..(name.Length + length)]);
    }

    private static ReadOnlySpan<byte> AlertTypeOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error"u8,
        Severity.Medium => "warning"u8,
        _ => "info"u8,
    };
}
