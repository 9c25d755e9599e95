using System.Text.Json.Serialization;

namespace AuditHost.Connectors.File;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FileSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
