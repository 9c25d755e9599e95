using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Gelf;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GelfSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
