using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Syslog;

/// <summary>Where a <c>generic_cef</c> destination writes.</summary>
public enum CefOutput
{
    /// <summary>To a syslog receiver, a syslog header before each CEF message.</summary>
    [JsonStringEnumMemberName("syslog")]
    Syslog,

    /// <summary>To a file, one CEF message to a line.</summary>
    [JsonStringEnumMemberName("file")]
    File,

    /// <summary>Over a connection, one CEF message to a line.</summary>
    [JsonStringEnumMemberName("tcp")]
    Tcp,

    /// <summary>One CEF message to a datagram.</summary>
    [JsonStringEnumMemberName("udp")]
    Udp,
}
