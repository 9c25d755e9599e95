using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Fluentd;

/// <summary>How the events of a message are compressed.</summary>
public enum FluentdCompression
{
    /// <summary>Not at all: PackedForward.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>RFC 1952: CompressedPackedForward.</summary>
    [JsonStringEnumMemberName("gzip")]
    Gzip,
}
