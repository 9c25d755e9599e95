using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Teams;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(TeamsSettings))]
[JsonSerializable(typeof(TeamsFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
