using System.Text.Json.Serialization;

namespace AuditHost.Connectors.QRadar;

/// <summary>The syslog header before an event.</summary>
public enum QRadarHeader
{
    /// <summary><c>&lt;PRI&gt;MMM dd HH:mm:ss host LEEF:…</c>, as IBM's guide shows it.</summary>
    [JsonStringEnumMemberName("rfc3164")]
    Rfc3164,

    /// <summary><c>&lt;PRI&gt;1 2026-03-31T06:52:12.118Z host app - - - LEEF:…</c>, for relays on the way that insist on RFC 5424.</summary>
    [JsonStringEnumMemberName("rfc5424")]
    Rfc5424,
}
