using System.Text.Json;

namespace AuditHost.Fakes.Elasticsearch;

/// <summary>A composable index template with the component templates that it is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">The template.</param>
/// <param name="Components">Those of its components that exist, in order.</param>
internal sealed record FakeTemplate(string Name, JsonElement Json, IReadOnlyList<JsonElement> Components)
{
    public IReadOnlyList<string> Patterns => [.. Json.GetProperty("index_patterns").EnumerateArray().Select(pattern => pattern.GetString()!)];

    public long Priority => Json.TryGetProperty("priority", out JsonElement priority) ? priority.GetInt64() : 0;

    public bool IsDataStream => Json.TryGetProperty("data_stream", out _);

    public bool HasFailureStore => Find(Json, "template", "data_stream_options", "failure_store", "enabled") is { ValueKind: JsonValueKind.True };

    public bool HasKeywords => Components.Any(component => Find(component, "template", "mappings", "dynamic_templates") is { } dynamic
        && dynamic.EnumerateArray().SelectMany(one => one.EnumerateObject()).Any(
            one => Find(one.Value, "match_mapping_type") is { } type && type.ValueEquals("string") && Find(one.Value, "mapping", "type") is { } mapped && mapped.ValueEquals("keyword")));

    public bool HasCatchAll => Components.Any(component => Find(component, "template", "settings", "index", "query", "default_field") is not null);

    public static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    public bool Fits(string index) => Patterns.Any(pattern => FitsPattern(pattern, index));

    public bool Overlaps(FakeTemplate other) => Patterns.Any(mine => other.Patterns.Any(theirs => FitsPattern(mine, theirs.TrimEnd('*')) || FitsPattern(theirs, mine.TrimEnd('*'))));

    public static bool FitsPattern(string pattern, string name) => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
