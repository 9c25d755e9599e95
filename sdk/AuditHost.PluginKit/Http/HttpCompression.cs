using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Http;

/// <summary>How a request's body is compressed.</summary>
public enum HttpCompression
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary><c>Content-Encoding: gzip</c>.</summary>
    [JsonStringEnumMemberName("gzip")]
    Gzip,
}
