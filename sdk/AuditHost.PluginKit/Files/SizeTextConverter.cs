using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Settings;

namespace AuditHost.PluginKit.Files;

/// <summary>Takes a size as a number or as text, so that a site file may say either 1048576 or 1MiB.</summary>
public sealed class SizeTextConverter : JsonConverter<string>, IDescribedConverter
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out long bytes) => bytes.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException(),
    };

    JsonObject IDescribedConverter.DescribeValue() => new() { ["type"] = new JsonArray("string", "integer", "null") };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}
