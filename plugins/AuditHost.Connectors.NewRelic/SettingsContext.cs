using System.Text.Json.Serialization;

namespace AuditHost.Connectors.NewRelic;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(NewRelicSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
