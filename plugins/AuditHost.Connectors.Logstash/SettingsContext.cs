using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Logstash;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LogstashSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
