using System.Text.Json.Serialization;

namespace AuditHost.Formats.Cef;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CefFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
