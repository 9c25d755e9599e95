using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Otlp;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OtlpSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
