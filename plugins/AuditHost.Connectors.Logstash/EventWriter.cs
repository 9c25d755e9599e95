using System.Buffers;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Logstash;

/// <summary>
/// Writes an event as Logstash reads it: the JSON object of a format with <c>@timestamp</c> and <c>@metadata</c> in front of its members,
/// which are copied as they are. Anything else becomes an object with a <c>message</c>.
/// </summary>
internal sealed class EventWriter(string beat)
{
    private readonly byte[] _metadata = Encoding.UTF8.GetBytes($$"""{"beat":"{{JsonEncodedText.Encode(beat)}}","version":"1.0"}""");

    /// <summary>Writes an event on one line.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <param name="payload">What its format made of it; not empty.</param>
    /// <param name="isJson">Whether the format makes JSON, which the host has checked then.</param>
    /// <param name="output">Where it goes.</param>
    public void Write(AuditEvent auditEvent, ReadOnlySpan<byte> payload, bool isJson, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> text = payload.Trim(" \t\r\n"u8);
        bool isObject = isJson && text is [(byte)'{', .., (byte)'}'];
        bool hasTime = isObject && PayloadObject.Has(text, "@timestamp"u8);
        bool hasMetadata = isObject && PayloadObject.Has(text, "@metadata"u8);
        var json = new JsonWriter(output);
        json.BeginObject();
        if (!hasTime)
        {
            json.Name("@timestamp"u8);
            json.Time(auditEvent.Time);
        }

        if (!hasMetadata)
        {
            json.Name("@metadata"u8);
            json.Literal(_metadata);
        }

        if (!isObject)
        {
            json.Name("message"u8);
            json.String(payload);
        }
        else if (text[1..^1].Trim(" \t\r\n"u8) is { IsEmpty: false } members)
        {
            if (!hasTime || !hasMetadata)
                json.Separator((byte)',');
            json.Flush();
            OneLineJson.Write(members, output);
        }

        json.EndObject();
        json.Flush();
    }
}
