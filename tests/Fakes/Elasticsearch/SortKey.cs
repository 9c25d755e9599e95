using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>One key that hits are sorted by, rising.</summary>
internal sealed record SortKey(string Field, bool IsTime)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <exception cref="QueryException">It cannot be sorted by.</exception>
    public static SortKey Read(JsonElement json)
    {
        JsonProperty field = QueryEvaluator.Only(json, "sort");
        QueryEvaluator.CheckKeys(field.Value, "sort", "order", "format", "unmapped_type");
        if (field.Value.TryGetProperty("order", out JsonElement order) && order.GetString() != "asc")
            throw new QueryException("parsing_exception", "only rising order is known here");
        if (field.Name == "_shard_doc")
            throw new QueryException("illegal_argument_exception", "[_shard_doc] sort field cannot be used without [point in time]");
        return new SortKey(field.Name, field.Name == "@timestamp");
    }

    /// <summary>The value of a document, to the precision of the field's type; <see langword="null"/> where it has none.</summary>
    /// <exception cref="QueryException">The field is a text in this index.</exception>
    public string? Of(FakeIndex index, JsonElement source)
    {
        if (IsTime)
            return FieldValues.At(source, Field).Select(value => QueryEvaluator.Time(value).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)).FirstOrDefault();
        bool isBelowText = !index.HasKeywords && Field.EndsWith(".keyword", StringComparison.Ordinal);
        JsonElement value = FieldValues.At(source, isBelowText ? Field[..^".keyword".Length] : Field).FirstOrDefault();
        if (!index.HasKeywords && !isBelowText && value.ValueKind == JsonValueKind.String)
            throw new QueryException("illegal_argument_exception", $"Fielddata is disabled on [{Field}] in [{index.Name}]. Text fields are not optimised for operations that require per-document field data like aggregations and sorting");
        return value.ValueKind == JsonValueKind.Undefined ? null : value.ToString();
    }

    public static int Compare(IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        for (int i = 0; i < left.Count; i++)
        {
            // Documents without the field come last.
            int order = left[i] is null || right[i] is null ? (left[i] is null).CompareTo(right[i] is null) : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
                return order;
        }

        return 0;
    }

    public static JsonArray ToJson(IReadOnlyList<string?> values) => new([.. values.Select(value => (JsonNode?)value)]);
}
