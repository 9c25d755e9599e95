using System.Text.Json.Serialization;

namespace AuditHost.Formats.Syslog;

/// <summary>What stands after the header.</summary>
public enum SyslogMessage
{
    /// <summary>The event as received, on one line.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>One sentence for a person.</summary>
    [JsonStringEnumMemberName("summary")]
    Summary,
}
