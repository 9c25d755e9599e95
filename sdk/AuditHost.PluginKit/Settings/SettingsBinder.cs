using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Settings;

/// <summary>
/// Binds settings and writes their JSON schema. Source-generated metadata only: reflection over a plugin's types would keep the
/// plugin from ever being unloaded.
/// </summary>
internal sealed class SettingsBinder<TSettings>(JsonTypeInfo<TSettings> typeInfo)
    where TSettings : class
{
    private ReadOnlyMemory<byte>? _schema;

    public ReadOnlyMemory<byte> Schema => _schema ??= WriteSchema();

    public TSettings Bind(ReadOnlyMemory<byte> settings)
    {
        try
        {
            return JsonSerializer.Deserialize(settings.Span, typeInfo)
                ?? throw new SettingsException(string.Empty, "The settings are null; expected an object.");
        }
        catch (JsonException exception)
        {
            // The message may quote a value; the path alone never does.
            string setting = exception.Path is { Length: > 2 } path ? path[2..] : string.Empty;
            throw new SettingsException(setting, Describe(exception, setting));
        }
    }

    private static string Describe(JsonException exception, string setting)
    {
        if (exception.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            int names = exception.Message.IndexOf("including:", StringComparison.Ordinal);
            return names < 0 ? "A required setting is missing." : $"Missing: {exception.Message[(names + 10)..].Trim().TrimEnd('.')}.";
        }

        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
            return $"'{setting}' is not a setting of this plugin.";
        return setting.Length == 0 ? "The settings do not have the expected shape." : $"'{setting}' does not have the expected type.";
    }

    private ReadOnlyMemory<byte> WriteSchema()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Annotate };
        return JsonSerializer.SerializeToUtf8Bytes(typeInfo.GetJsonSchemaAsNode(options), NodeContext.Default.JsonNode);
    }

    private static JsonNode Annotate(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo?.AttributeProvider is not { } provider)
            return schema;

        // A type with a converter of its own has the schema `true`; an empty object means the same and has room for a description.
        JsonObject? node = schema as JsonObject ?? (schema.GetValueKind() == JsonValueKind.True ? DescribeConverted(context) : null);
        if (node is null)
            return schema;
        if (Find<AllowedValuesAttribute>(provider) is { } allowed)
            node["enum"] = new JsonArray([.. allowed.Values.Select(value => (JsonNode?)value?.ToString())]);
        if (Find<DescriptionAttribute>(provider) is { } description)
            node["description"] = description.Description;
        if (Find<DefaultValueAttribute>(provider) is { Value: { } value } && !node.ContainsKey("default"))
            node["default"] = value switch
            {
                bool flag => flag,
                int number => number,
                long number => number,
                double number => number,
                _ => value.ToString(),
            };
        if (Find<PasswordPropertyTextAttribute>(provider) is { Password: true })
            MarkSecret(node);
        return node;
    }

    /// <summary>In a list that is a secret, each element is one; in a dictionary, each value.</summary>
    private static void MarkSecret(JsonObject node)
    {
        node["writeOnly"] = true;
        if (node["items"] is JsonObject items)
            items["writeOnly"] = true;
        if (node["additionalProperties"] is JsonObject values)
            values["writeOnly"] = true;
    }

    private static JsonObject DescribeConverted(JsonSchemaExporterContext context) =>
        (context.PropertyInfo?.CustomConverter ?? context.TypeInfo.Converter) is IDescribedConverter described ? described.DescribeValue() : [];

    private static TAttribute? Find<TAttribute>(ICustomAttributeProvider provider)
        where TAttribute : Attribute =>
        provider.GetCustomAttributes(typeof(TAttribute), inherit: true) is [TAttribute attribute, ..] ? attribute : null;
}
