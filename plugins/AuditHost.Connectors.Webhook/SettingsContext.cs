using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Webhook;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(WebhookSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
