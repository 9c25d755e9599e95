using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Transport;

/// <summary>What carries syslog messages.</summary>
public enum SyslogProtocol
{
    /// <summary>One datagram per message (RFC 5426), port 514.</summary>
    [JsonStringEnumMemberName("udp")]
    Udp,

    /// <summary>A plain connection (RFC 6587), port 514.</summary>
    [JsonStringEnumMemberName("tcp")]
    Tcp,

    /// <summary>A connection under TLS (RFC 5425), port 6514.</summary>
    [JsonStringEnumMemberName("tls")]
    Tls,
}
