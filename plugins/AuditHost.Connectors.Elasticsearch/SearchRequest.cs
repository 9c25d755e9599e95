using System.Buffers;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Writes the body of a <c>_search</c> request.</summary>
internal static class SearchRequest
{
    /// <summary>
    /// The time, the id for events of the same time, and for those that have the same id or none where they stand: by number in a shard, and
    /// the index. All of it stays what it is between two pages. A point in time would leave no two alike, but OpenSearch opens one in another way.
    /// </summary>
    public const int SortKeys = 4;

    /// <summary>How far hits are counted: beyond it the answer says at least so many. Counting costs as much as finding.</summary>
    public const int CountedHits = 100_000;

    private const string TimeFormat = "strict_date_optional_time_nanos";

    public static ReadOnlyMemory<byte> Write(SearchQuery query, SearchedFields fields, SearchPosition? after)
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
            WriteValues(json, fields.Type, [.. query.EventTypes]);
            WriteValues(json, fields.Severity, [.. query.Severities.SelectMany(Spellings)]);
            WriteValues(json, fields.User, [.. query.Users]);
            WriteText(json, query.Text);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            WriteSort(json, fields.Id.Sortable);
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

    /// <summary>
    /// Asks for one of some values. Where the field is a text somewhere its keyword is asked; of documents without one the field itself: it is
    /// a keyword there, or a text that has only its words to go by.
    /// </summary>
    private static void WriteValues(Utf8JsonWriter json, SearchedField field, string[] values)
    {
        if (values.Length == 0)
            return;
        if (!field.IsText)
        {
            WriteTerms(json, field.Name, values);
            return;
        }

        BeginBool(json, "should");
        WriteTerms(json, field.Keyword, values);
        BeginBool(json, "should");
        foreach (string value in values)
            WriteClause(json, "match_phrase", field.Name, value);
        json.WriteEndArray();
        json.WriteNumber("minimum_should_match", 1);
        json.WriteStartArray("must_not");
        WriteClause(json, "exists", "field", field.Keyword);
        EndBool(json);
        EndBool(json);
    }

    private static void BeginBool(Utf8JsonWriter json, string occurrence)
    {
        json.WriteStartObject();
        json.WriteStartObject("bool");
        json.WriteStartArray(occurrence);
    }

    private static void EndBool(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteClause(Utf8JsonWriter json, string query, string name, string value)
    {
        json.WriteStartObject();
        json.WriteStartObject(query);
        json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTerms(Utf8JsonWriter json, string field, string[] values)
    {
        json.WriteStartObject();
        json.WriteStartObject("terms");
        json.WriteStartArray(field);
        foreach (string value in values)
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
        WriteRising(json, "_seq_no");
        WriteRising(json, "_index");
        json.WriteEndArray();
    }

    private static void WriteRising(Utf8JsonWriter json, string field)
    {
        json.WriteStartObject();
        json.WriteStartObject(field);
        json.WriteString("order", "asc");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
