using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Splunk;

/// <summary>The keys of a Splunk destination in a site file.</summary>
public sealed class SplunkSettings
{
    internal const double UsualPollSeconds = 1;

    [Description("Where the HTTP Event Collector listens, for instance https://splunk.example:8088; the path /services/collector/event is added where it is missing. Several as a list.")]
    public required EndpointList HecEndpoint { get; set; }

    [Description("The token of the HTTP Event Collector.")]
    [PasswordPropertyText(true)]
    public required string HecToken { get; set; }

    [Description("The index. It must be one that the token allows. Without it, the token's default.")]
    public string? Index { get; set; }

    [Description("The source type. Without it, the token's default.")]
    public string? Sourcetype { get; set; }

    [Description("The source. Without it, the component that wrote the event.")]
    public string? Source { get; set; }

    [Description("The host. Without it, the machine that the event names.")]
    public string? Host { get; set; }

    [Description("Further indexed fields, name to dotted path in the event; for instance event_id: event_id, which tstats can then deduplicate by.")]
    public IReadOnlyDictionary<string, string> IndexedFields { get; set; } = new Dictionary<string, string>();

    [Description("How the body is compressed.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Whether a batch counts as delivered only when Splunk has indexed it (indexer acknowledgement). The token must have it switched on; Splunk Enterprise only. Give the destination timeout_seconds of some minutes with it.")]
    [DefaultValue(false)]
    public bool Acknowledgement { get; set; }

    [Description("How often Splunk is asked whether a batch is indexed, in seconds.")]
    [DefaultValue(UsualPollSeconds)]
    public double AcknowledgementPollSeconds { get; set; } = UsualPollSeconds;

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }
}
