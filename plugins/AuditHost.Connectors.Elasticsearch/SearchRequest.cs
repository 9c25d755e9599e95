using System.Buffers;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Writes the body of a <c>_search</c> request.</summary>
internal static class SearchRequest
{
    /// <summary>The time, and the id for events of the same time.</summary>
    public const int SortKeys = 2;

    /// <summary>How far hits are counted: beyond it the answer says at least so many. Counting costs as much as finding.</summary>
    public const int CountedHits = 100_000;

    private const string TimeFormat = "strict_date_optional_time_nanos";

    public static ReadOnlyMemory<byte> Write(SearchQuery query, SortableFields fields, SearchPosition? after)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("size", query.Size);
            json.WriteNumber("track_total_hits", CountedHits);
            json.WriteStartObject("query");
            json.WriteStartObject("bool");
            json.WriteStartArray("filter");
            WriteRange(json, query.From, query.To);
            WriteTerms(json, fields.Type, query.EventTypes);
            WriteTerms(json, fields.Severity, query.Severities.SelectMany(Spellings));
            WriteTerms(json, fields.User, query.Users);
            WriteText(json, query.Text);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            WriteSort(json, fields.Id);
            if (after is not null)
            {
                json.WritePropertyName("search_after");
                json.WriteRawValue(after.Values);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteRange(Utf8JsonWriter json, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from is null && to is null)
            return;
        json.WriteStartObject();
        json.WriteStartObject("range");
        json.WriteStartObject("@timestamp");
        if (from is { } earliest)
            json.WriteString("gte", earliest.UtcDateTime);
        if (to is { } end)
            json.WriteString("lt", end.UtcDateTime);
        json.WriteString("format", TimeFormat);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter json, string field, IEnumerable<string> values)
    {
        string[] all = [.. values];
        if (all.Length == 0)
            return;
        json.WriteStartObject();
        json.WriteStartObject("terms");
        json.WriteStartArray(field);
        foreach (string value in all)
            json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Keywords are compared letter by letter, and producers spell severities in more than one way.</summary>
    private static IEnumerable<string> Spellings(Severity severity)
    {
        string name = severity.ToString();
        return [name, name.ToLowerInvariant(), name.ToUpperInvariant()];
    }

    /// <summary>Words alone: the operators of the query's language are switched off, so that no text is a bad one.</summary>
    private static void WriteText(Utf8JsonWriter json, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        json.WriteStartObject();
        json.WriteStartObject("simple_query_string");
        json.WriteString("query", text);
        json.WriteString("default_operator", "and");
        json.WriteString("flags", "WHITESPACE");
        json.WriteBoolean("lenient", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSort(Utf8JsonWriter json, string id)
    {
        json.WriteStartArray("sort");
        json.WriteStartObject();
        json.WriteStartObject("@timestamp");
        json.WriteString("order", "asc");
        json.WriteString("format", TimeFormat);
        json.WriteString("unmapped_type", "date");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteStartObject(id);
        json.WriteString("order", "asc");
        json.WriteString("unmapped_type", "keyword");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
