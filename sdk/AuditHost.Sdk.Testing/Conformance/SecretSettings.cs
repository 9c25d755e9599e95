using System.Text.Json;

namespace AuditHost.Sdk.Testing;

/// <summary>Finds the secrets among settings: the schema marks them as <c>writeOnly</c>, which is what <c>[PasswordPropertyText(true)]</c> becomes.</summary>
internal static class SecretSettings
{
    /// <summary>Whether there are any.</summary>
    public static bool AreIn(PluginFactory factory)
    {
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        return AreIn(schema.RootElement);
    }

    /// <summary>The values of the secret settings.</summary>
    public static IReadOnlyList<string> In(PluginFactory factory, string settings)
    {
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        using JsonDocument values = JsonDocument.Parse(settings);
        return [.. Find(schema.RootElement, values.RootElement)];
    }

    private static bool AreIn(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (schema.TryGetProperty("writeOnly", out _)
            || (schema.TryGetProperty("properties", out JsonElement properties) && properties.EnumerateObject().Any(property => AreIn(property.Value))));

    private static IEnumerable<string> Find(JsonElement schema, JsonElement values)
    {
        if (schema.ValueKind != JsonValueKind.Object || values.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out JsonElement properties))
            yield break;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (!values.TryGetProperty(property.Name, out JsonElement value))
                continue;
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("writeOnly", out _))
            {
                foreach (string secret in TextsIn(value))
                    yield return secret;
            }

            foreach (string nested in Find(property.Value, value))
                yield return nested;
        }
    }

    /// <summary>The value itself, or what a list or a dictionary of secrets holds.</summary>
    private static IEnumerable<string> TextsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => TextsIn(member.Value)),
        _ => [],
    };
}
