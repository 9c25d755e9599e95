using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Slack;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SlackSettings))]
[JsonSerializable(typeof(SlackFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
