using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Syslog;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SyslogSettings))]
[JsonSerializable(typeof(GenericCefSettings))]
internal sealed partial class SettingsContext : JsonSerializerContext;
