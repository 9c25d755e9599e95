using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Datadog;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DatadogSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
