using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Prometheus;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PrometheusSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
