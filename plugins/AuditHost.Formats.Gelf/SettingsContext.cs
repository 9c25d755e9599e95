using System.Text.Json.Serialization;

namespace AuditHost.Formats.Gelf;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GelfFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
