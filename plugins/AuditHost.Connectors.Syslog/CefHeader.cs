using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Syslog;

/// <summary>The syslog header before a CEF message.</summary>
public enum CefHeader
{
    /// <summary><c>&lt;PRI&gt;MMM dd HH:mm:ss host CEF:0|…</c>, as the CEF document shows it.</summary>
    [JsonStringEnumMemberName("rfc3164")]
    Rfc3164,

    /// <summary>The header of RFC 5424, with structured data; CEF is the message.</summary>
    [JsonStringEnumMemberName("rfc5424")]
    Rfc5424,
}
