using System.Text.Json.Serialization;

namespace AuditHost.Formats.Syslog;

/// <summary>Which syslog is written.</summary>
public enum SyslogStandard
{
    [JsonStringEnumMemberName("rfc5424")]
    Rfc5424,

    [JsonStringEnumMemberName("rfc3164")]
    Rfc3164,
}
