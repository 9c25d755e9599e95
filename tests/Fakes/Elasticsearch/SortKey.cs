using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>One key that hits are sorted by, rising.</summary>
internal sealed record SortKey(string Field)
{
    private const string Time = "@timestamp";
    private const string Sequence = "_seq_no";
    private const string Index = "_index";
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
        return new SortKey(field.Name);
    }

    /// <summary>The value of a document, to the precision of the field's type; <see langword="null"/> where it has none.</summary>
    /// <exception cref="QueryException">The field is a text in this index.</exception>
    public string? Of(FakeIndex index, StoredDocument document)
    {
        JsonElement source = document.Source;
        if (Field == Index)
            return document.Index;
        if (Field == Sequence)
            return document.Sequence.ToString(CultureInfo.InvariantCulture);
        if (Field == Time)
            return FieldValues.At(source, Field).Select(value => QueryEvaluator.Time(value).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)).FirstOrDefault();
        JsonElement value = index.ValuesOf(Field, source).FirstOrDefault();
        if (!index.IsKeyword(Field) && value.ValueKind == JsonValueKind.String)
            throw new QueryException("illegal_argument_exception", $"Fielddata is disabled on [{Field}] in [{index.Name}]. Text fields are not optimised for operations that require per-document field data like aggregations and sorting");
        return value.ValueKind == JsonValueKind.Undefined ? null : value.ToString();
    }

    public static int Compare(IReadOnlyList<SortKey> keys, IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        for (int i = 0; i < left.Count; i++)
        {
            int order = keys[i].Compare(left[i], right[i]);
            if (order != 0)
                return order;
        }

        return 0;
    }

    public static JsonArray ToJson(IReadOnlyList<SortKey> keys, IReadOnlyList<string?> values) =>
        new([.. values.Select((value, i) => keys[i].Field == Sequence ? (JsonNode?)long.Parse(value!, CultureInfo.InvariantCulture) : value)]);

    private int Compare(string? left, string? right)
    {
        // Documents without the field come last.
        if (left is null || right is null)
            return (left is null).CompareTo(right is null);
        return Field == Sequence
            ? long.Parse(left, CultureInfo.InvariantCulture).CompareTo(long.Parse(right, CultureInfo.InvariantCulture))
            : string.CompareOrdinal(left, right);
    }
}
