using System.Text.Json.Serialization;

namespace AuditHost.Connectors.PagerDuty;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PagerDutySettings))]
[JsonSerializable(typeof(PagerDutyFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
