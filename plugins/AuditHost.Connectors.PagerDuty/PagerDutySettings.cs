using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>The keys of a PagerDuty destination in a site file.</summary>
public sealed class PagerDutySettings
{
    [Description("The integration key of a service's \"Events API V2\" integration, 32 letters and digits.")]
    [PasswordPropertyText(true)]
    public required string IntegrationKey { get; set; }

    [Description("PagerDuty's severity for each severity of an event: critical, error, warning or info. A template's own payload.severity wins.")]
    public SeverityMapping SeverityMapping { get; set; } = new();

    [Description("Event types that go out as change events, for instance ConfigurationChange: they stand beside incidents, and wake nobody. A message for several events is one only where alert.group_by begins with event_type, as it does unless set.")]
    public IReadOnlyList<string> ChangeEvents { get; set; } = [];

    [Description("The service region of the account.")]
    [DefaultValue("us")]
    public PagerDutyRegion Region { get; set; }

    [Description("Another address than the region's, for a gateway or a relay, for instance https://events.pagerduty.com; the path /v2/enqueue is added where it is missing. Several as a list.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Which of several endpoints gets the next message.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("What an incident names as its sender.")]
    [DefaultValue("AuditHost")]
    public string Client { get; set; } = "AuditHost";

    [Description("The sender's address, shown as a link, for instance the host's dashboard.")]
    public string? ClientUrl { get; set; }

    [Description("Links that are shown with each incident and change, unless the message has its own.")]
    public IReadOnlyList<PagerDutyLink> Links { get; set; } = [];
}
