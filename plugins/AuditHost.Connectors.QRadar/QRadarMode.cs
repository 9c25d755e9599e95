using System.Text.Json.Serialization;

namespace AuditHost.Connectors.QRadar;

/// <summary>How events get into QRadar.</summary>
public enum QRadarMode
{
    /// <summary>LEEF over syslog under TLS, for a log source of the protocol TLS Syslog, port 6514.</summary>
    [JsonStringEnumMemberName("tls")]
    Tls,

    /// <summary>LEEF over syslog on a plain connection, port 514.</summary>
    [JsonStringEnumMemberName("tcp")]
    Tcp,

    /// <summary>LEEF over syslog in datagrams, port 514.</summary>
    [JsonStringEnumMemberName("udp")]
    Udp,

    /// <summary>Events on lines, posted to a log source of the protocol HTTP Receiver, port 12469.</summary>
    [JsonStringEnumMemberName("http_receiver")]
    HttpReceiver,
}
