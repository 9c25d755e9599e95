using System.ComponentModel;

namespace AuditHost.Connectors.AppDynamics;

/// <summary>The keys under <c>machine_agent</c>.</summary>
public sealed class MachineAgentSettings
{
    [Description("Where the agent's HTTP listener is. It asks nobody who he is: keep it on loopback.")]
    [DefaultValue("http://127.0.0.1:8293")]
    public string Endpoint { get; set; } = "http://127.0.0.1:8293";

    [Description("What the names of the metrics begin with; the type and the severity of the events follow. For those of one tier: Server|Component:TIER|Custom Metrics|…")]
    [DefaultValue("Custom Metrics|AuditHost|Events")]
    public string MetricPath { get; set; } = "Custom Metrics|AuditHost|Events";
}
