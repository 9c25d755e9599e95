using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Logstash;

/// <summary>The keys of a Logstash destination in a site file.</summary>
public sealed class LogstashSettings
{
    [Description("The input: https://host:8080 or http:// for the http input; tls://host:port or tcp:// for the tcp input and the beats input. Several as a list, but for tcp.")]
    public required EndpointList Endpoint { get; set; }

    [Description("Which input: http, tcp (with the codec json_lines) or lumberjack (the beats input). http where the endpoint begins with http; the other two share their endpoints and must be told apart. Only http and lumberjack are answered.")]
    public LogstashMode? Mode { get; set; }

    [Description("What an event's @metadata has as its beat, which usual pipelines name the index by.")]
    [DefaultValue("audithost")]
    public string Beat { get; set; } = "audithost";

    [Description("How events are compressed: http gzip or none, gzip unless said otherwise; lumberjack zlib or none, zlib unless said otherwise. tcp cannot compress.")]
    public LogstashCompression? Compression { get; set; }

    [Description("Which of several endpoints gets the next batch, http only; with lumberjack it is the first that works. failover where left out.")]
    public EndpointBalancing? Balancing { get; set; }

    [Description("The most bytes of an event, tcp only; a longer one becomes a dead letter. Keep it at what the codec takes (decode_size_limit_bytes). 16777216 where left out.")]
    public int? MaxMessageBytes { get; set; }

    [Description("How many events are sent again after a connection broke, tcp only, since that input acknowledges none; 0 sends none again. 2000 where left out.")]
    public int? ReplayTail { get; set; }
}
