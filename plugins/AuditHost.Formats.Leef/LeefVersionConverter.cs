using System.Text.Json;
using System.Text.Json.Serialization;
using AuditHost.Sdk;

namespace AuditHost.Formats.Leef;

/// <summary>Takes the version as text or as a number, since YAML reads <c>version: 2.0</c> as a number.</summary>
public sealed class LeefVersionConverter : JsonConverter<LeefVersion>
{
    /// <inheritdoc/>
    /// <exception cref="SettingsException">There is no such version.</exception>
    public override LeefVersion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        double version = reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String when reader.ValueTextEquals("2.0"u8) || reader.ValueTextEquals("2"u8) => 2,
            JsonTokenType.String when reader.ValueTextEquals("1.0"u8) || reader.ValueTextEquals("1"u8) => 1,
            _ => 0,
        };
        return version switch
        {
            2 => LeefVersion.Two,
            1 => LeefVersion.One,
            _ => throw new SettingsException("version", "'version' is not a version of LEEF; allowed are 2.0 and 1.0."),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, LeefVersion value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value == LeefVersion.Two ? "2.0"u8 : "1.0"u8);
    }
}
