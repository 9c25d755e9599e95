using System.ComponentModel;

namespace AuditHost.Connectors.OpsGenie;

/// <summary>The keys of the format.</summary>
public sealed class OpsGenieFormatterSettings
{
    [Description("Whether the event's payload goes along in the description, as far as there is room.")]
    [DefaultValue(true)]
    public bool Payload { get; set; } = true;
}
