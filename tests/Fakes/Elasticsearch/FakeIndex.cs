using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>An index or data stream, with what its template has made of it.</summary>
/// <param name="name">Its name.</param>
/// <param name="template">The template that it was made by.</param>
/// <param name="hasSubkeywords">Whether a text has a keyword below it where no template says what it is.</param>
internal sealed class FakeIndex(string name, FakeTemplate? template, bool hasSubkeywords)
{
    private readonly Dictionary<string, StoredDocument> _documents = [];
    private readonly Dictionary<string, bool> _objects = [];

    public string Name => name;

    public bool IsDataStream => template?.IsDataStream ?? false;

    /// <summary>Whether texts are keywords, as a template of this project makes them; else a text with a keyword below it, as Elasticsearch does.</summary>
    public bool HasKeywords => template?.HasKeywords ?? false;

    /// <summary>Whether a text has a keyword below it.</summary>
    public bool HasSubkeywords => !HasKeywords && hasSubkeywords;

    /// <summary>Whether all texts are also in the field that is searched by default.</summary>
    public bool HasCatchAll => template?.HasCatchAll ?? false;

    public bool HasFailureStore => template?.HasFailureStore ?? false;

    public IReadOnlyCollection<StoredDocument> Documents => _documents.Values;

    /// <summary>What a field has in a document: nothing where the index has no such field.</summary>
    public IEnumerable<JsonElement> ValuesOf(string field, JsonElement source)
    {
        const string Below = ".keyword";
        if (HasKeywords || !field.EndsWith(Below, StringComparison.Ordinal))
            return FieldValues.At(source, field);
        return HasSubkeywords ? FieldValues.At(source, field[..^Below.Length]) : [];
    }

    /// <summary>Whether values of a field are compared as they are, and not by their words.</summary>
    public bool IsKeyword(string field) => HasKeywords || field.EndsWith(".keyword", StringComparison.Ordinal);

    public bool Add(StoredDocument document) => _documents.TryAdd(document.Id, document);

    /// <summary>What is wrong with a document for this index; <see langword="null"/> where it fits.</summary>
    public string? Fault(JsonElement source) => TimestampFault(source) ?? DuplicateIn(source) ?? Conflict(source, string.Empty);

    private string? TimestampFault(JsonElement source)
    {
        if (!IsDataStream)
            return null;
        if (!source.TryGetProperty("@timestamp", out JsonElement timestamp) || timestamp.ValueKind == JsonValueKind.Null)
            return "data stream timestamp field [@timestamp] is missing";
        if (timestamp.ValueKind == JsonValueKind.Array)
            return "data stream timestamp field [@timestamp] encountered multiple values";
        return timestamp.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(timestamp.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _)
            ? null
            : "failed to parse field [@timestamp] of type [date]";
    }

    /// <summary>Elasticsearch reads JSON strictly: a name may stand in an object once.</summary>
    private static string? DuplicateIn(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().Select(DuplicateIn).FirstOrDefault(fault => fault is not null);
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        var names = new HashSet<string>();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!names.Add(member.Name))
                return $"Duplicate field '{member.Name}'";
            if (DuplicateIn(member.Value) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>A field is an object for every document of an index, or for none.</summary>
    private string? Conflict(JsonElement element, string path)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            JsonElement value = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().FirstOrDefault() : member.Value;
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                continue;
            string field = path + member.Name;
            bool isObject = value.ValueKind == JsonValueKind.Object;
            if (!_objects.TryAdd(field, isObject) && _objects[field] != isObject)
                return isObject ? $"failed to parse field [{field}] of type [text]" : $"object mapping for [{field}] tried to parse field [{member.Name}] as object, but found a concrete value";
            if (isObject && Conflict(value, field + ".") is { } fault)
                return fault;
        }

        return null;
    }
}
