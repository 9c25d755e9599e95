using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Splunk;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SplunkSettings))]
[JsonSerializable(typeof(SplunkFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
