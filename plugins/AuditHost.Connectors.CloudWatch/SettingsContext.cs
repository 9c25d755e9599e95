using System.Text.Json.Serialization;

namespace AuditHost.Connectors.CloudWatch;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CloudWatchSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
