using System.Text.Json;
using System.Text.Json.Serialization;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Syslog;

/// <summary>Reads the <c>facility</c> setting, given as a name in any case or as a number.</summary>
public sealed class SyslogFacilityConverter : JsonConverter<SyslogFacility>
{
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
        string names = string.Join(", ", Enum.GetNames<SyslogFacility>()).ToLowerInvariant();
        throw new SettingsException("facility", $"'facility' is not a syslog facility; allowed are {names} and the numbers 0 to 23.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SyslogFacility value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
    }
}
