using System.Text.Json;
using AuditHost.Configuration.Keys;
using AuditHost.Sdk;

namespace AuditHost.Configuration;

/// <summary>The part of the schema that a plugin brings: its own keys beside the host's.</summary>
internal static class ConnectorSchema
{
    public static void Write(ConnectorFactory connector, Utf8JsonWriter writer)
    {
        using JsonDocument settings = JsonDocument.Parse(connector.SettingsSchema);
        writer.WriteString("description", connector.Summary);
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (string name in DestinationKeys.Set.Names)
            WriteReference(writer, name, name);
        foreach ((string alias, string key) in connector.Info.BatchingAliases)
            WriteReference(writer, alias, key);
        WriteProperties(settings, name => DestinationKeys.Set.Find(name) is null && !connector.Info.BatchingAliases.ContainsKey(name), writer);
        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        WriteRequiredWhereEnabled(settings, writer);
    }

    public static void WriteFormat(FormatterFactory format, Utf8JsonWriter writer)
    {
        using JsonDocument settings = JsonDocument.Parse(format.SettingsSchema);
        writer.WriteString("description", format.Summary);
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject(VariantKey.Type.Name);
        writer.WriteString("const", format.Type);
        writer.WriteEndObject();
        WriteProperties(settings, name => name != VariantKey.Type.Name, writer);
        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        WriteRequired(writer, [VariantKey.Type.Name, .. RequiredOf(settings)]);
    }

    private static void WriteProperties(JsonDocument settings, Func<string, bool> isOwn, Utf8JsonWriter writer)
    {
        if (!settings.RootElement.TryGetProperty("properties", out JsonElement properties))
            return;
        foreach (JsonProperty property in properties.EnumerateObject().Where(property => isOwn(property.Name)))
            property.WriteTo(writer);
    }

    /// <summary>What is switched off may be half written.</summary>
    private static void WriteRequiredWhereEnabled(JsonDocument settings, Utf8JsonWriter writer)
    {
        string[] required = [.. RequiredOf(settings)];
        if (required.Length == 0)
            return;
        writer.WriteStartObject("if");
        writer.WriteStartObject("properties");
        writer.WriteStartObject(DestinationKeys.Enabled.Name);
        writer.WriteBoolean("const", false);
        writer.WriteEndObject();
        writer.WriteEndObject();
        WriteRequired(writer, [DestinationKeys.Enabled.Name]);
        writer.WriteEndObject();
        writer.WriteStartObject("else");
        WriteRequired(writer, required);
        writer.WriteEndObject();
    }

    private static IEnumerable<string> RequiredOf(JsonDocument settings) =>
        settings.RootElement.TryGetProperty("required", out JsonElement required)
            ? required.EnumerateArray().Select(name => name.GetString()!)
            : [];

    private static void WriteRequired(Utf8JsonWriter writer, string[] names)
    {
        writer.WriteStartArray("required");
        foreach (string name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static void WriteReference(Utf8JsonWriter writer, string name, string key)
    {
        writer.WriteStartObject(name);
        writer.WriteString("$ref", $"{SchemaNames.DestinationKeys}/properties/{key}");
        writer.WriteEndObject();
    }
}
