using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Logstash;

/// <summary>How events are compressed.</summary>
public enum LogstashCompression
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>RFC 1952, http only.</summary>
    [JsonStringEnumMemberName("gzip")]
    Gzip,

    /// <summary>RFC 1950, lumberjack only.</summary>
    [JsonStringEnumMemberName("zlib")]
    Zlib,
}
