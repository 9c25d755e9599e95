using System.ComponentModel;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>One that is told of an alert.</summary>
public sealed class Responder
{
    [Description("team, user, escalation or schedule.")]
    public required ResponderType Type { get; set; }

    [Description("Its id, which always does.")]
    public string? Id { get; set; }

    [Description("Its name instead of its id, with api: opsgenie alone; for a user the user name, an e-mail address.")]
    public string? Name { get; set; }
}
