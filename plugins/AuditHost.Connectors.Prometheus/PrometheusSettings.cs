using System.ComponentModel;

namespace AuditHost.Connectors.Prometheus;

/// <summary>The keys of a Prometheus destination in a site file.</summary>
public sealed class PrometheusSettings
{
    [Description("What the names of all metrics begin with, before an underscore; empty for nothing.")]
    [DefaultValue("copybook")]
    public string Prefix { get; set; } = "copybook";

    [Description("For the metrics whose name in the integration design breaks a naming rule of Prometheus: the given name, a clean one, or both.")]
    [DefaultValue("both")]
    public NameChoice Names { get; set; }

    [Description("Where Prometheus fetches the metrics. On unless switched off.")]
    public HttpEndpointSettings HttpEndpoint { get; set; } = new();

    [Description("Pushes the metrics to a Pushgateway.")]
    public PushGatewaySettings PushGateway { get; set; } = new();

    [Description("Sends the metrics to a receiver of remote write: Prometheus itself, Mimir, Thanos, VictoriaMetrics and others.")]
    public RemoteWriteSettings RemoteWrite { get; set; } = new();

    [Description("The least time between two pushes, in seconds, 0 to 10. A batch of fewer than 1,000 events waits for it, a larger one is pushed at once. Pushgateway and remote write only.")]
    [DefaultValue(1.0)]
    public double PushIntervalSeconds { get; set; } = 1;
}
