using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Gelf;

/// <summary>How messages are compressed; Graylog tells the kinds apart by their first bytes, or by the header of a request.</summary>
public enum GelfCompression
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>RFC 1952.</summary>
    [JsonStringEnumMemberName("gzip")]
    Gzip,

    /// <summary>RFC 1950, UDP only.</summary>
    [JsonStringEnumMemberName("zlib")]
    Zlib,
}
