using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Sentinel;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SentinelSettings))]
[JsonSerializable(typeof(SentinelFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
