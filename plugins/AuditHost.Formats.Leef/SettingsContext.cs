using System.Text.Json.Serialization;

namespace AuditHost.Formats.Leef;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LeefFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
