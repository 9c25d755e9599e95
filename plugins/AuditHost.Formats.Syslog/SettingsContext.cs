using System.Text.Json.Serialization;

namespace AuditHost.Formats.Syslog;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SyslogFormatterSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
