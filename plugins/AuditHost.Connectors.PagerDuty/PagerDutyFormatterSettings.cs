using System.ComponentModel;

namespace AuditHost.Connectors.PagerDuty;

/// <summary>The keys of the format.</summary>
public sealed class PagerDutyFormatterSettings
{
    [Description("Whether the event's payload goes along in custom_details. It is left out where it has more than 256 KiB.")]
    [DefaultValue(true)]
    public bool Payload { get; set; } = true;
}
