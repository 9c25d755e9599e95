using System.Text.Json;

namespace AuditHost.Commands;

/// <summary>Reads a settings schema for people.</summary>
internal static class SchemaRows
{
    public static IEnumerable<string[]> Of(JsonElement schema, string prefix = "")
    {
        if (!schema.TryGetProperty("properties", out JsonElement properties))
            yield break;
        HashSet<string> required = schema.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string name = prefix + property.Name;
            string fallback = property.Value.TryGetProperty("default", out JsonElement value) ? value.ToString() : required.Contains(property.Name) ? "(required)" : string.Empty;
            string meaning = property.Value.TryGetProperty("description", out JsonElement text) ? text.GetString()! : string.Empty;
            yield return [name, TypeOf(property.Value), fallback, meaning];
            foreach (string[] nested in Of(property.Value, $"{name}."))
                yield return nested;
        }
    }

    private static string TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out JsonElement values))
            return string.Join('|', values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()));
        if (!schema.TryGetProperty("type", out JsonElement type))
            return string.Empty;
        return type.ValueKind == JsonValueKind.Array
            ? string.Join('|', type.EnumerateArray().Select(one => one.GetString()).Where(one => one != "null"))
            : type.GetString()!;
    }
}
