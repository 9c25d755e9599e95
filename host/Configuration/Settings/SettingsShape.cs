using System.Text.Json;

namespace AuditHost.Configuration.Settings;

/// <summary>What a plugin's JSON schema says of one value: as much of it as decides how YAML becomes JSON.</summary>
internal sealed class SettingsShape
{
    private static readonly SettingsShape Anything = new();

    public SettingsTypes Types { get; private init; } = SettingsTypes.Any;

    public IReadOnlyDictionary<string, SettingsShape> Properties { get; private init; } = new Dictionary<string, SettingsShape>();

    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>The shape of keys that are not listed; <see langword="null"/>: there may be none.</summary>
    public SettingsShape? OtherKeys { get; private init; }

    public SettingsShape Items { get; private init; } = Anything;

    public IReadOnlyList<string> Choices { get; private init; } = [];

    public double? Minimum { get; private init; }

    public double? Maximum { get; private init; }

    public bool IsSecret { get; private init; }

    /// <summary>What an error says was expected.</summary>
    public string Expected => Choices.Count > 0
        ? $"one of {string.Join(", ", Choices)}{(Types.HasFlag(SettingsTypes.Integer) ? $" or a whole number{Range()}" : string.Empty)}"
        : string.Join(" or ", Nouns()) + Range();

    /// <summary>The words it knows, for suggestions; empty where any text will do.</summary>
    public IEnumerable<string> Words => Choices.Count > 0 ? Choices : Types.HasFlag(SettingsTypes.Boolean) && !Types.HasFlag(SettingsTypes.String) ? ["true", "false"] : [];

    /// <summary>
    /// Reads a schema; <see langword="null"/> where it is none. Unlisted keys are refused at the top, whatever the schema says: a
    /// typing error must not pass.
    /// </summary>
    public static SettingsShape? TryParse(ReadOnlyMemory<byte> schema)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(schema);
            SettingsShape shape = Parse(document.RootElement);
            return new SettingsShape { Types = SettingsTypes.Object, Properties = shape.Properties, Required = shape.Required };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SettingsShape Parse(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return Anything;
        Dictionary<string, SettingsShape> properties = new(StringComparer.Ordinal);
        if (schema.TryGetProperty("properties", out JsonElement members))
        {
            foreach (JsonProperty member in members.EnumerateObject())
                properties[member.Name] = Parse(member.Value);
        }

        return new SettingsShape
        {
            Types = ParseTypes(schema),
            Properties = properties,
            Required = Texts(schema, "required"),
            OtherKeys = ParseOtherKeys(schema, properties.Count > 0),
            Items = schema.TryGetProperty("items", out JsonElement items) ? Parse(items) : Anything,
            Choices = Texts(schema, "enum"),
            Minimum = Number(schema, "minimum"),
            Maximum = Number(schema, "maximum"),
            IsSecret = schema.TryGetProperty("writeOnly", out JsonElement secret) && secret.ValueKind == JsonValueKind.True,
        };
    }

    private static SettingsShape? ParseOtherKeys(JsonElement schema, bool listsKeys)
    {
        if (schema.TryGetProperty("additionalProperties", out JsonElement other))
            return other.ValueKind == JsonValueKind.False ? null : Parse(other);
        return listsKeys ? null : Anything;
    }

    private static SettingsTypes ParseTypes(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
            return schema.TryGetProperty("enum", out JsonElement choices) ? TypesOf(choices) : SettingsTypes.Any;
        if (type.ValueKind == JsonValueKind.String)
            return TypeNamed(type.GetString());
        return type.EnumerateArray().Aggregate(SettingsTypes.None, (types, name) => types | TypeNamed(name.GetString()));
    }

    private static SettingsTypes TypesOf(JsonElement choices) =>
        choices.EnumerateArray().Any(choice => choice.ValueKind == JsonValueKind.Null) ? SettingsTypes.String | SettingsTypes.Null : SettingsTypes.String;

    private static SettingsTypes TypeNamed(string? name) => name switch
    {
        "null" => SettingsTypes.Null,
        "boolean" => SettingsTypes.Boolean,
        "integer" => SettingsTypes.Integer,
        "number" => SettingsTypes.Number,
        "string" => SettingsTypes.String,
        "array" => SettingsTypes.Array,
        "object" => SettingsTypes.Object,
        _ => SettingsTypes.Any,
    };

    private static List<string> Texts(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static double? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement number) && number.ValueKind == JsonValueKind.Number ? number.GetDouble() : null;

    private IEnumerable<string> Nouns()
    {
        if (Types.HasFlag(SettingsTypes.String))
            yield return "a text";
        if (Types.HasFlag(SettingsTypes.Number))
            yield return "a number";
        else if (Types.HasFlag(SettingsTypes.Integer))
            yield return "a whole number";
        if (Types.HasFlag(SettingsTypes.Boolean))
            yield return "true or false";
        if (Types.HasFlag(SettingsTypes.Array))
            yield return "a list";
        if (Types.HasFlag(SettingsTypes.Object))
            yield return "a mapping";
    }

    private string Range() => (Minimum, Maximum) switch
    {
        (null, null) => string.Empty,
        ({ } least, null) => FormattableString.Invariant($" from {least}"),
        (null, { } most) => FormattableString.Invariant($" up to {most}"),
        ({ } least, { } most) => FormattableString.Invariant($" from {least} to {most}"),
    };
}
