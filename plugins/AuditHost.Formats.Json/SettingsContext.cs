using System.Text.Json.Serialization;

namespace AuditHost.Formats.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JsonFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
