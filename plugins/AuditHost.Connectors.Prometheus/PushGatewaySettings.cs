using System.ComponentModel;

namespace AuditHost.Connectors.Prometheus;

/// <summary>The keys under <c>push_gateway</c>.</summary>
public sealed class PushGatewaySettings
{
    [Description("Whether the metrics are pushed.")]
    [DefaultValue(false)]
    public bool Enabled { get; set; }

    [Description("The Pushgateway, for instance https://pushgateway.example:9091. One only: a group that two have would be counted twice.")]
    public string? Endpoint { get; set; }

    [Description("The job that the metrics are grouped under.")]
    [DefaultValue("copybook-audit")]
    public string JobName { get; set; } = "copybook-audit";

    [Description("The labels besides job that name this host's group, in this order. Two hosts must differ in one, or each replaces what the other pushed. Where left out: instance, with this machine's name.")]
    public IReadOnlyDictionary<string, string>? GroupingKey { get; set; }

    [Description("Whether the group is deleted when the connector stops. A Pushgateway never forgets one by itself. Off keeps the last figures, for instance after a run with --once.")]
    [DefaultValue(true)]
    public bool DeleteOnStop { get; set; } = true;
}
