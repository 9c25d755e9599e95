using System.Text.Json;

namespace AuditHost.Plugins;

internal static class SchemaProperties
{
    /// <summary>The dotted names of the properties, nested ones included, that have no description.</summary>
    public static IReadOnlyList<string> WithoutDescription(JsonElement schema) => [.. Undescribed(schema, string.Empty)];

    /// <summary>Every word that some property may have for its value.</summary>
    public static IEnumerable<string> Words(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member => member.Name == "enum" ? Texts(member.Value) : Words(member.Value)),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Words),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonElement list) =>
        list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static IEnumerable<string> Undescribed(JsonElement schema, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            yield break;
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                string name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                if (!property.Value.TryGetProperty("description", out JsonElement description) || string.IsNullOrWhiteSpace(description.GetString()))
                    yield return name;
                foreach (string nested in Undescribed(property.Value, name))
                    yield return nested;
            }
        }

        if (schema.TryGetProperty("items", out JsonElement items))
        {
            foreach (string nested in Undescribed(items, path + "[]"))
                yield return nested;
        }
    }
}
