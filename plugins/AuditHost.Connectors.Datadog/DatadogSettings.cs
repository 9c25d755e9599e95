using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Datadog;

/// <summary>The keys of a Datadog destination in a site file.</summary>
public sealed class DatadogSettings
{
    [Description("The API key. It belongs to one site. Needed for all but dogstatsd and an Agent under apm_endpoint.")]
    [PasswordPropertyText(true)]
    public string? ApiKey { get; set; }

    [Description("An application key. Those are for reading; every intake takes the API key alone, so it is accepted and never sent.")]
    [PasswordPropertyText(true)]
    public string? AppKey { get; set; }

    [Description("The site that the organization belongs to: what its address ends with, without app.")]
    [DefaultValue(DatadogSite.Default)]
    [AllowedValues("datadoghq.com", "us3.datadoghq.com", "us5.datadoghq.com", "ap1.datadoghq.com", "ap2.datadoghq.com", "uk1.datadoghq.com", "datadoghq.eu", "ddog-gov.com", "us2.ddog-gov.com")]
    public string Site { get; set; } = DatadogSite.Default;

    [Description("What is sent of each event: metrics, logs, events, or dogstatsd for the metrics by an Agent; metrics where left out. An event is delivered when each of them is acknowledged.")]
    public IReadOnlyList<DatadogSignal> Send { get; set; } = [DatadogSignal.Metrics];

    [Description("Whether events that tell how long an operation took also become spans of APM, by OTLP.")]
    [DefaultValue(false)]
    public bool ApmEnabled { get; set; }

    [Description("The service that logs, spans and metrics belong to (unified service tagging).")]
    [DefaultValue("audithost")]
    public string ServiceName { get; set; } = "audithost";

    [Description("The environment that they belong to, for instance production: the tag env. Without it, none.")]
    public string? Environment { get; set; }

    [Description("The host that metrics are counted for. Two AuditHosts of one organization must differ in it, or one overwrites the other's counts. Without it, the name of the machine that AuditHost runs on.")]
    public string? HostName { get; set; }

    [Description("Further tags on everything, for instance team:audit.")]
    public IReadOnlyList<string> Tags { get; set; } = [];

    [Description("What the names of all metrics begin with, before a dot.")]
    [DefaultValue("copybook")]
    public string MetricPrefix { get; set; } = "copybook";

    [Description("The source of logs and events, by which Datadog chooses a pipeline.")]
    [DefaultValue("audithost")]
    public string Source { get; set; } = "audithost";

    [Description("What becomes of a log or event whose time lies more than 18 hours back or 2 hours ahead, which Datadog drops without a word: refuse makes it a dead letter, restamp sends it with the time of its arrival, its own as the attribute event_time.")]
    [DefaultValue("refuse")]
    public OldEvents OldEvents { get; set; }

    [Description("The address of a proxy or private link in place of Datadog's own for everything, for instance https://datadog-proxy.example; the paths of the APIs are added. Several as a list. Without it, the addresses of the site.")]
    public EndpointList? Endpoint { get; set; }

    [Description("The same for logs alone.")]
    public EndpointList? LogsEndpoint { get; set; }

    [Description("Where spans go instead of Datadog's own OTLP intake: the OTLP receiver of an Agent or Collector, for instance http://127.0.0.1:4318. /v1/traces is added where there is no path. It gets no API key.")]
    public EndpointList? ApmEndpoint { get; set; }

    [Description("Which of several endpoints gets the next request.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("Where DogStatsD listens: udp://host:8125, or unix:/var/run/datadog/dsd.socket.")]
    [DefaultValue("udp://127.0.0.1:8125")]
    public string DogstatsdEndpoint { get; set; } = "udp://127.0.0.1:8125";

    [Description("How bodies are compressed; those of distributions never are.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Always on: the host sends every batch by itself, after batch_timeout_seconds (flush_interval_seconds) at the latest. false has no effect.")]
    [DefaultValue(true)]
    public bool EnableBackgroundFlush { get; set; } = true;
}
