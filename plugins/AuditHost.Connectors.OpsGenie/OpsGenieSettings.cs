using System.ComponentModel;
using AuditHost.PluginKit.Http;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>The keys of an OpsGenie or Jira Service Management destination in a site file.</summary>
public sealed class OpsGenieSettings
{
    [Description("The key of an API integration. A key of the account cannot open or close alerts.")]
    [PasswordPropertyText(true)]
    public required string ApiKey { get; set; }

    [Description("jira_service_management, or opsgenie, which Atlassian ends on 2027-04-05.")]
    [DefaultValue("jira_service_management")]
    public OpsGenieApi Api { get; set; }

    [Description("Where an OpsGenie account lies. Jira Service Management has one address for all.")]
    [DefaultValue("us")]
    public OpsGenieRegion Region { get; set; }

    [Description("Another address than Atlassian's, for a gateway or a relay, for instance https://api.atlassian.com; the path is added where it is missing. Several as a list.")]
    public EndpointList? Endpoint { get; set; }

    [Description("Which of several endpoints gets the next message.")]
    [DefaultValue("failover")]
    public EndpointBalancing Balancing { get; set; }

    [Description("The priority for each severity of an event, P1 to P5. A template's own priority wins.")]
    public PriorityMapping PriorityMapping { get; set; } = new();

    [Description("Who is told, unless the message says so itself; without any, the integration's own team. By id; with api: opsgenie also by name.")]
    public IReadOnlyList<Responder> Responders { get; set; } = [];

    [Description("Teams and users that can see the alert without being told of it.")]
    public IReadOnlyList<Responder> VisibleTo { get; set; } = [];

    [Description("Tags that each alert has besides its own; of at most 50 characters, and 20 of all that an alert has are kept.")]
    public IReadOnlyList<string> Tags { get; set; } = [];

    [Description("What an alert names as its source, unless the message says so itself.")]
    [DefaultValue("AuditHost")]
    public string Source { get; set; } = "AuditHost";

    [Description("Whether a message counts as delivered only when it has been processed. Without it, when it is queued. With Jira Service Management this needs cloud_id, api_user and api_token.")]
    [DefaultValue(false)]
    public bool Confirm { get; set; }

    [Description("The longest pause between two questions whether a message has been processed, in seconds, 0.1 to 10. The first question comes at once, and the first pauses are shorter.")]
    [DefaultValue(1.0)]
    public double ConfirmPollSeconds { get; set; } = 1;

    [Description("The id of the Jira site, which https://SITE.atlassian.net/_edge/tenant_info tells; for confirm with Jira Service Management.")]
    public string? CloudId { get; set; }

    [Description("The e-mail address of the account that may read alerts; for confirm with Jira Service Management.")]
    public string? ApiUser { get; set; }

    [Description("The API token of that account; for confirm with Jira Service Management.")]
    [PasswordPropertyText(true)]
    public string? ApiToken { get; set; }
}
