using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Splunk;

/// <summary>
/// Writes the body of a request: one JSON object after the other, each with the event's metadata around what the format made of it.
/// Splunk wants no array around them.
/// </summary>
internal sealed class HecBody
{
    private readonly byte[]? _host;
    private readonly byte[]? _source;
    private readonly byte[]? _sourcetype;
    private readonly byte[]? _index;
    private readonly (byte[] Name, string Path)[] _fields;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public HecBody(SplunkSettings settings)
    {
        _host = TextOf("host", settings.Host);
        _source = TextOf("source", settings.Source);
        _sourcetype = TextOf("sourcetype", settings.Sourcetype);
        _index = TextOf("index", settings.Index);
        if (settings.Index is { } index && !IsIndexName(index))
            throw new SettingsException("index", "Not an index name. Use lower-case letters, digits, '_' and '-', and begin with a letter or digit");
        if (settings.IndexedFields.FirstOrDefault(field => string.IsNullOrWhiteSpace(field.Value)) is { Key: { } empty })
            throw new SettingsException($"indexed_fields.{empty}", "Has no path. Give it one, for instance context.user");
        _fields = [.. settings.IndexedFields.Select(field => (NameOf(field.Key), field.Value))];
    }

    /// <summary>Writes all events of a batch.</summary>
    public void Write(EventBatch batch, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        for (int index = 0; index < batch.Count; index++)
        {
            ref readonly OutboundEvent outbound = ref batch[index];
            json.BeginObject();
            json.Name("time"u8);
            json.UnixSeconds(outbound.Event.Time);
            Member(ref json, "host"u8, _host, outbound.Event.Host);
            Member(ref json, "source"u8, _source, outbound.Event.Source);
            json.Member("sourcetype"u8, _sourcetype);
            json.Member("index"u8, _index);
            json.Name("event"u8);
            if (isJson)
                json.Json(outbound.Payload.Span);
            else
                json.String(outbound.Payload.Span);
            if (_fields.Length > 0)
                WriteFields(ref json, outbound.Event);
            json.EndObject();
            json.Separator((byte)'\n');
        }

        json.Flush();
    }

    private void WriteFields(ref JsonWriter json, AuditEvent auditEvent)
    {
        json.Name("fields"u8);
        json.BeginObject();
        foreach ((byte[] name, string path) in _fields)
        {
            // HEC refuses the whole request for a nested value (code 15), so one that has any depth goes as its text.
            EventValue value = auditEvent.Find(path);
            if (!value.HasValue)
                continue;
            json.Name(name);
            if (value.Kind == EventValueKind.Number)
                json.Value(value);
            else
                json.Text(value);
        }

        json.EndObject();
    }

    private static void Member(ref JsonWriter json, ReadOnlySpan<byte> name, byte[]? set, EventValue own)
    {
        if (set is not null)
        {
            json.Member(name, set);
        }
        else if (own.HasValue && !own.Raw.IsEmpty)
        {
            json.Name(name);
            json.Text(own);
        }
    }

    private static byte[]? TextOf(string setting, string? text) => text switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(text) => throw new SettingsException(setting, "Empty. Give it a value, or leave it out"),
        _ => Encoding.UTF8.GetBytes(text),
    };

    private static byte[] NameOf(string name) =>
        name.Length > 0 && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '.' or '-')
            ? Encoding.ASCII.GetBytes(name)
            : throw new SettingsException("indexed_fields", "A field's name has other characters than letters, digits, '_', '.' and '-'");

    private static bool IsIndexName(string name) =>
        (name[0] == '_' || char.IsAsciiLetterOrDigit(name[0])) && name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '_' or '-');
}
