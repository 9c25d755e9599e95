using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.Prometheus;

/// <summary>The keys under <c>remote_write</c>.</summary>
public sealed class RemoteWriteSettings
{
    [Description("Whether the metrics are sent by remote write.")]
    [DefaultValue(false)]
    public bool Enabled { get; set; }

    [Description("The whole address, for instance https://prometheus.example:9090/api/v1/write. Several as a list.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Which of several endpoints gets the next push.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("The version of the protocol: 1.0 or 2.0. 2.0 falls back to 1.0 where the receiver does not speak it.")]
    [DefaultValue("1.0")]
    public string Version { get; set; } = "1.0";

    [Description("Labels that every series gets. Two hosts must differ in one. Where left out: job copybook-audit, and instance with this machine's name.")]
    public IReadOnlyDictionary<string, string>? Labels { get; set; }
}
