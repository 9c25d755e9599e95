using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Loki;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LokiSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
