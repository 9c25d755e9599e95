using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Loki;

/// <summary>The keys of a Loki destination in a site file.</summary>
public sealed class LokiSettings
{
    [Description("Where Loki or its gateway listens, for instance https://loki.example:3100; the path /loki/api/v1/push is added where it is missing. Several as a list.")]
    public required EndpointList Endpoint { get; set; }

    [Description("The tenant, sent as X-Scope-OrgID. Without it none, for a Loki without tenants or a gateway that knows it from the credentials.")]
    public string? Tenant { get; set; }

    [Description("Labels that all events have, name to value. Without the key job: audithost.")]
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string> { ["job"] = "audithost" };

    [Description("Fields of the event that become labels: event_type, severity, classification, source, host. Each combination of values is a stream, so few are good. Without the key event_type and severity.")]
    public IReadOnlyList<LokiField> LabelFields { get; set; } = [LokiField.EventType, LokiField.Severity];

    [Description("Fields of the event that go beside the line as structured metadata: the same fields, and event_id, user and operation_id. Without the key event_id, user, host and operation_id, but for what is a label; an empty list for a Loki that does not allow them.")]
    public IReadOnlyList<LokiField>? StructuredMetadata { get; set; }

    [Description("Which time a line has. received for events that come late: Loki refuses what is an hour older than the newest line of its stream.")]
    [DefaultValue("event")]
    public LokiTime Timestamp { get; set; }

    [Description("The longest line that Loki takes (max_line_size), in bytes; a longer event becomes a dead letter before it is sent.")]
    [DefaultValue(262_144)]
    public int MaxLineBytes { get; set; } = LokiLimits.Line;

    [Description("How the body is compressed.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }
}
