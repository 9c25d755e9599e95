using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuditHost.Plugins;

namespace AuditHost.Sdk.Testing;

/// <summary>What the host asks of connector and formatter factories alike before it takes a plugin.</summary>
internal static class FactoryCheck
{
    private const string UnknownKey = "no_such_setting";

    public static void Check(PluginFactory factory)
    {
        Type type = factory.GetType();
        Rule.Settings.Holds(
            type.IsVisible && type.GetConstructor(Type.EmptyTypes) is not null,
            $"{type.FullName} is hidden or has no public constructor without parameters.",
            "The host creates the factory by its type: make it public, and give it such a constructor.");
        Rule.Settings.Holds(
            TypeName.IsValid(factory.Type),
            $"The type '{factory.Type}' is not in lower_snake_case.",
            "Rename it to match [a-z][a-z0-9]*(_[a-z0-9]+)*.");
        Rule.Settings.Holds(
            type.Assembly.GetCustomAttributes(typeof(PluginAttribute), inherit: false).Cast<PluginAttribute>().Any(plugin => plugin.Factory == type),
            $"{type.FullName} is not announced.", $"Add [assembly: Plugin(typeof({type.Name}))].");
    }

    public static void CheckSchema(PluginFactory factory)
    {
        using JsonDocument schema = JsonDocument.Parse(factory.SettingsSchema);
        if (schema.RootElement.ValueKind != JsonValueKind.Object || !schema.RootElement.TryGetProperty("properties", out JsonElement properties))
            return;
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            bool described = property.Value.ValueKind == JsonValueKind.Object
                && property.Value.TryGetProperty("description", out JsonElement text) && !string.IsNullOrWhiteSpace(text.GetString());
            Rule.Settings.Holds(
                described,
                $"The setting '{property.Name}' has no description.",
                "Add [Description(\"…\")]: it is the operator's documentation.");
        }
    }

    public static void CheckUnknownKey(string settings, Action<ReadOnlyMemory<byte>> create)
    {
        JsonObject changed = JsonNode.Parse(settings)!.AsObject();
        changed[UnknownKey] = 1;
        const string Remedy = "Set UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow on the settings' JsonSerializerContext; a typing error must not pass.";
        try
        {
            create(Encoding.UTF8.GetBytes(changed.ToJsonString()));
        }
        catch (SettingsException exception)
        {
            Rule.Settings.Holds(
                exception.Message.Contains(UnknownKey, StringComparison.Ordinal) || exception.Setting == UnknownKey,
                $"The refusal of an unknown key does not name it: {exception.Message}",
                Remedy);
            return;
        }
        catch (Exception exception)
        {
            Rule.Settings.Broken($"An unknown key ends in {exception.GetType().Name} instead of a SettingsException.", Remedy);
        }

        Rule.Settings.Broken("An unknown key passes.", Remedy);
    }
}
