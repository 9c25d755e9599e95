using System.Text.Json.Serialization;

namespace AuditHost.Connectors.WebSocket;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(WebSocketSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
