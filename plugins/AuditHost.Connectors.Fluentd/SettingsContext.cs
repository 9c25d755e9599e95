using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Fluentd;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FluentdSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
