using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Transport;

/// <summary>How messages are told apart on a connection (RFC 6587).</summary>
public enum SyslogFraming
{
    /// <summary>The length in bytes and a space before each message.</summary>
    [JsonStringEnumMemberName("octet_counting")]
    OctetCounting,

    /// <summary>A line feed after each message.</summary>
    [JsonStringEnumMemberName("newline")]
    Newline,
}
