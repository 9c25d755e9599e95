using System.Text.Json.Serialization;

namespace AuditHost.Formats.Ecs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(EcsFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
