using System.Text.Json.Serialization;

namespace AuditHost.Connectors.QRadar;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(QRadarSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
