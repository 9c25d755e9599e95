using System.Text.Json.Serialization;

namespace AuditHost.Connectors.AppDynamics;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AppDynamicsSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
