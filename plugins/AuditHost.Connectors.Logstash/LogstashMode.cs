using System.Text.Json.Serialization;

namespace AuditHost.Connectors.Logstash;

/// <summary>Which input of Logstash takes the events.</summary>
public enum LogstashMode
{
    /// <summary>The <c>http</c> input.</summary>
    [JsonStringEnumMemberName("http")]
    Http,

    /// <summary>The <c>tcp</c> input with the codec <c>json_lines</c>.</summary>
    [JsonStringEnumMemberName("tcp")]
    Tcp,

    /// <summary>The <c>beats</c> input, which speaks Lumberjack.</summary>
    [JsonStringEnumMemberName("lumberjack")]
    Lumberjack,
}
