using System.Text.Json;

namespace AuditHost.Sdk.Testing;

/// <summary>Finds the secrets among settings: the schema marks them as <c>writeOnly</c>, which is what <c>[PasswordPropertyText(true)]</c> becomes.</summary>
internal static class SecretSettings
{
    /// <summary>The values of the secret settings.</summary>
    public static IReadOnlyList<string> In(PluginFactory factory, string settings)
    {
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        using JsonDocument values = JsonDocument.Parse(settings);
        return [.. Find(schema.RootElement, values.RootElement)];
    }

    private static IEnumerable<string> Find(JsonElement schema, JsonElement values)
    {
        if (schema.ValueKind != JsonValueKind.Object || values.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out JsonElement properties))
            yield break;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (!values.TryGetProperty(property.Name, out JsonElement value))
                continue;
            if (value.ValueKind == JsonValueKind.String && property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("writeOnly", out _))
                yield return value.GetString()!;
            foreach (string nested in Find(property.Value, value))
                yield return nested;
        }
    }
}
