using System.Text.Json;

namespace AuditHost.Commands;

/// <summary>Reads a settings schema for people.</summary>
internal static class SchemaRows
{
    /// <summary>More words than these would make a column that no terminal has room for; the meaning names them then.</summary>
    private const int MostChoicesShown = 8;

    public static IEnumerable<string[]> Of(JsonElement schema, string prefix = "")
    {
        if (!schema.TryGetProperty("properties", out JsonElement properties))
            yield break;
        HashSet<string> required = schema.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string name = prefix + property.Name;
            string fallback = property.Value.TryGetProperty("default", out JsonElement value) ? TextOf(value) : required.Contains(property.Name) ? "(required)" : string.Empty;
            string meaning = property.Value.TryGetProperty("description", out JsonElement text) ? text.GetString()! : string.Empty;
            yield return [name, TypeOf(property.Value), fallback, meaning];
            foreach (string[] nested in Of(property.Value, $"{name}."))
                yield return nested;
        }
    }

    /// <summary>As a site file has it: <c>true</c>, not <c>True</c>.</summary>
    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out JsonElement values) && values.GetArrayLength() <= MostChoicesShown)
            return string.Join('|', values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()));
        if (!schema.TryGetProperty("type", out JsonElement type))
            return string.Empty;
        return type.ValueKind == JsonValueKind.Array
            ? string.Join('|', type.EnumerateArray().Select(one => one.GetString()).Where(one => one != "null"))
            : type.GetString()!;
    }
}
