using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Syslog;

/// <summary>Reads the <c>facility</c> setting, given as a name in any case or as a number.</summary>
public sealed class SyslogFacilityConverter : JsonConverter<SyslogFacility>, IDescribedConverter
{
    private static readonly string[] Names = [.. Enum.GetNames<SyslogFacility>().Select(static name => name.ToLowerInvariant())];

    /// <inheritdoc/>
    /// <exception cref="SettingsException">There is no such facility; the message lists those there are.</exception>
    public override SyslogFacility Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt32(out int code) => $"{code}",
            _ => null,
        };

        // Enum.TryParse takes any number, hence the second check; and lists with commas, hence the third.
        if (Enum.TryParse(text, ignoreCase: true, out SyslogFacility facility) && Enum.IsDefined(facility) && !text!.Contains(','))
            return facility;
        throw new SettingsException("facility", $"'facility' is not a syslog facility; allowed are {string.Join(", ", Names)} and the numbers 0 to 23.");
    }

    JsonObject IDescribedConverter.DescribeValue() => new()
    {
        ["type"] = new JsonArray("string", "integer"),
        ["enum"] = new JsonArray([.. Names.Select(static name => (JsonNode)name), .. Enumerable.Range(0, Names.Length).Select(static code => (JsonNode)code)]),
        ["minimum"] = 0,
        ["maximum"] = Names.Length - 1,
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SyslogFacility value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
    }
}
