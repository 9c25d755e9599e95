using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.NewRelic;

/// <summary>The keys of a New Relic destination in a site file.</summary>
public sealed class NewRelicSettings
{
    [Description("The license key (type INGEST - LICENSE) of the account that gets the data. User, browser and mobile keys do not work.")]
    [PasswordPropertyText(true)]
    public required string LicenseKey { get; set; }

    [Description("The name under which New Relic shows what is sent: service.name of each log, event, metric and span.")]
    [DefaultValue("audithost")]
    public string AppName { get; set; } = "audithost";

    [Description("What is sent: logs, metrics, events, traces. Without the key logs and metrics. A batch is delivered when each of them is acknowledged.")]
    public IReadOnlyList<TelemetryKind> Send { get; set; } = [TelemetryKind.Logs, TelemetryKind.Metrics];

    [Description("Where the account's data lie. Without it, the license key's own region.")]
    public NewRelicRegion? Region { get; set; }

    [Description("The number of the account; for events, whose address has it.")]
    public string? AccountId { get; set; }

    [Description("Another address than the region's for everything that is sent, for a gateway or a relay; each API's path is added. Several as a list.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Another address for logs alone; /log/v1 is added where there is no path. Several as a list.")]
    public EndpointList? LogEndpoint { get; set; }

    [Description("Another address for metrics alone; /metric/v1 is added where there is no path. Several as a list.")]
    public EndpointList? MetricEndpoint { get; set; }

    [Description("Another address for events alone; /v1/accounts/<account_id>/events is added where there is no path. Several as a list.")]
    public EndpointList? EventEndpoint { get; set; }

    [Description("Another address for traces alone; /v1/traces is added where there is no path. Several as a list.")]
    public EndpointList? TraceEndpoint { get; set; }

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("How bodies are compressed. New Relic counts the bytes of a request after compression.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Attributes that everything sent has, name to value, for instance environment: production.")]
    public IReadOnlyDictionary<string, string> CommonAttributes { get; set; } = new Dictionary<string, string>();

    [Description("Further attributes of each log, event and span, name to dotted path in the event, for instance session.id: context.metadata.session_id.")]
    public IReadOnlyDictionary<string, string> Attributes { get; set; } = new Dictionary<string, string>();

    [Description("What a log can be searched by besides its message: envelope has a few fields, all every field of the formatted event.")]
    [DefaultValue("envelope")]
    public LogAttributes LogAttributes { get; set; }

    [Description("What the message of a log is: a line for people with the formatted event below it, or the event alone.")]
    [DefaultValue("summary_and_event")]
    public LogMessage LogMessage { get; set; }

    [Description("The type of custom events: what NRQL selects from.")]
    [DefaultValue("AuditEvent")]
    public string EventType { get; set; } = "AuditEvent";

    [Description("What the names of metrics begin with, before a dot; empty for nothing.")]
    [DefaultValue("copybook")]
    public string MetricPrefix { get; set; } = "copybook";

    [Description("What becomes of an event whose time New Relic would not take: older than 48 hours, for events 24, for traces 1. restamp sends it with the time of arrival and its own beside it; dead_letter keeps it from being sent.")]
    [DefaultValue("restamp")]
    public LateEvents LateEvents { get; set; }

    [Description("What becomes of an event that New Relic does not keep whole: a log of more than 4,094 characters and 128,000 bytes, a custom event of more than 254 attributes or with values of more than 4,096 characters. cut sends it with a mark; dead_letter keeps it from being sent. Without the key dead_letter, but cut for custom events beside logs, which have the whole event.")]
    public OversizedEvents? OversizedEvents { get; set; }
}
