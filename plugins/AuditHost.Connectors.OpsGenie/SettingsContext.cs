using System.Text.Json.Serialization;

namespace AuditHost.Connectors.OpsGenie;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpsGenieSettings))]
[JsonSerializable(typeof(OpsGenieFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
