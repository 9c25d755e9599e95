using System.Security.Cryptography;
using System.Text;
using AuditHost.PluginKit.Events;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// Writes the body of a <c>_bulk</c> request: for each event a line that says what to do, and the document on a line of its own. The action is
/// always <c>create</c>: data streams take no other, and it never overwrites.
/// </summary>
/// <param name="names">Where each event goes.</param>
/// <param name="fields">What a text becomes a document by.</param>
/// <param name="settings">How documents are named.</param>
/// <param name="addsTimestamp">Whether a document without <c>@timestamp</c> gets the event's time.</param>
internal sealed class BulkBody(IndexNames names, SearchFields fields, ElasticSettings settings, bool addsTimestamp)
{
    /// <summary>The longest <c>_id</c> that Elasticsearch takes; one that is longer is refused with the whole request.</summary>
    private const int LongestId = 512;

    /// <summary>Writes all events of a batch.</summary>
    /// <returns>The index of the first event, which those that name none go to.</returns>
    public string Write(EventBatch batch, PooledBuffer body)
    {
        var json = new JsonWriter(body);
        bool isJson = JsonMediaType.Matches(batch.ContentType);
        Span<byte> first = stackalloc byte[IndexName.MaxBytes + 1];
        Span<byte> index = stackalloc byte[IndexName.MaxBytes + 1];
        first = first[..names.Write(batch[0].Event.Time, first)];
        for (int i = 0; i < batch.Count; i++)
        {
            ref readonly OutboundEvent outbound = ref batch[i];
            json.BeginObject();
            json.Name("create"u8);
            json.BeginObject();
            ReadOnlySpan<byte> own = index[..names.Write(outbound.Event.Time, index)];
            if (settings.BareBulk || !own.SequenceEqual(first))
                json.Member("_index"u8, own);
            WriteId(outbound, ref json);
            json.EndObject();
            json.EndObject();
            json.Separator((byte)'\n');
            if (!isJson)
                WriteText(outbound, ref json);
            else if (addsTimestamp)
                WriteWithTimestamp(outbound, ref json);
            else
                json.Json(outbound.Payload.Span);
            json.Separator((byte)'\n');
        }

        json.Flush();
        return Encoding.ASCII.GetString(first);
    }

    private void WriteId(in OutboundEvent outbound, ref JsonWriter json)
    {
        json.Name("_id"u8);
        if (settings.DocumentId == DocumentId.EventId)
        {
            using var id = new DecodedText(outbound.Event.Id);
            if (id.Utf8.Length > LongestId)
            {
                json.String(Convert.ToHexStringLower(SHA256.HashData(id.Utf8)));
                return;
            }

            if (!id.Utf8.IsEmpty)
            {
                json.String(id.Utf8);
                return;
            }
        }

        // The contract gives the key as a string of its own; its bytes go straight into the body.
        string key = outbound.Key;
        Span<byte> utf8 = stackalloc byte[LongestId];
        json.String(utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
    }

    private void WriteText(in OutboundEvent outbound, ref JsonWriter json)
    {
        json.BeginObject();
        json.Name("@timestamp"u8);
        json.Time(outbound.Event.Time);
        Member(fields.IdName, outbound.Event.Id, ref json);
        Member(fields.TypeName, outbound.Event.Type, ref json);
        json.Member(fields.SeverityName, SeverityName.Of(outbound.Event.Severity));
        Member(fields.UserName, outbound.Event.User, ref json);
        json.Name("message"u8);
        json.String(outbound.Payload.Span);
        json.EndObject();
    }

    private static void Member(ReadOnlySpan<byte> name, EventValue value, ref JsonWriter json)
    {
        if (!value.HasValue)
            return;
        json.Name(name);
        json.Text(value);
    }

    private static void WriteWithTimestamp(in OutboundEvent outbound, ref JsonWriter json)
    {
        ReadOnlySpan<byte> payload = outbound.Payload.Span.Trim(" \t\r\n"u8);
        if (payload.Length < 2 || payload[0] != '{' || PayloadObject.Has(payload, "@timestamp"u8))
        {
            json.Json(payload);
            return;
        }

        json.BeginObject();
        json.Name("@timestamp"u8);
        json.Time(outbound.Event.Time);
        ReadOnlySpan<byte> rest = payload[1..].TrimStart(" \t\r\n"u8);
        if (rest[0] == '}')
            json.EndObject();
        else
            json.Json(rest);
    }
}
