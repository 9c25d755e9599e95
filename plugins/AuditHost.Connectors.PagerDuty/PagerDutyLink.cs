using System.ComponentModel;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>A link that is shown with an incident.</summary>
public sealed class PagerDutyLink
{
    [Description("Where it leads, an absolute http or https address.")]
    public required string Href { get; set; }

    [Description("What it is called. Without it, the address.")]
    public string? Text { get; set; }
}
