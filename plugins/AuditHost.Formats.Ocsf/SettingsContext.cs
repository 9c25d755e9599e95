using System.Text.Json.Serialization;

namespace AuditHost.Formats.Ocsf;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OcsfFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
