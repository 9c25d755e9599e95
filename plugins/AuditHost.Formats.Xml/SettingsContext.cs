using System.Text.Json.Serialization;

namespace AuditHost.Formats.Xml;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(XmlFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
