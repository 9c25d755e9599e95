using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Otlp;

/// <summary>The keys of an OTLP destination in a site file.</summary>
public sealed class OtlpSettings
{
    [Description("Where the receiver listens, for instance https://collector.example:4318; /v1/logs is added where there is no path. Several as a list.")]
    public required EndpointList Endpoint { get; set; }

    [Description("How requests are written.")]
    [DefaultValue("protobuf")]
    public OtlpEncoding Encoding { get; set; }

    [Description("How the body is compressed.")]
    [DefaultValue("gzip")]
    public HttpCompression Compression { get; set; } = HttpCompression.Gzip;

    [Description("Further headers, name to value, for instance a tenant. Credentials belong under authentication.")]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("The resource's service.name.")]
    [DefaultValue("audithost")]
    public string ServiceName { get; set; } = "audithost";

    [Description("The resource's host.name. Without it, the name of the machine that AuditHost runs on; the machine an event names is an attribute of its record.")]
    public string? HostName { get; set; }

    [Description("Further attributes of the resource, name to value; for instance deployment.environment.name: production.")]
    public IReadOnlyDictionary<string, string> Resource { get; set; } = new Dictionary<string, string>();

    [Description("The name of the instrumentation scope.")]
    [DefaultValue("audithost")]
    public string ScopeName { get; set; } = "audithost";

    [Description("What a record's body is: string has the formatted event as it is, map has its JSON as a structure.")]
    [DefaultValue("string")]
    public BodyKind Body { get; set; }

    [Description("Further attributes of each record, name to dotted path in the event; one of the usual names replaces that attribute.")]
    public IReadOnlyDictionary<string, string> Attributes { get; set; } = new Dictionary<string, string>();

    [Description("What becomes of a batch of which some records were rejected; OTLP does not say which, and forbids sending it again. dead_letters keeps every event of it, delivered counts it as delivered and warns.")]
    [DefaultValue("dead_letters")]
    public PartialSuccess PartialSuccess { get; set; }

    [Description("Status codes that mean try again, besides 429, 502, 503 and 504, which are OTLP's; for instance 500 for a receiver behind a proxy.")]
    public IReadOnlyList<int> RetryStatus { get; set; } = [];

    [Description("Which of several endpoints gets the next batch.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }
}
