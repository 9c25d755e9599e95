using System.ComponentModel;

namespace AuditHost.Connectors.Teams;

/// <summary>What a card of this format has besides who, what, where and when.</summary>
public sealed class TeamsFormatterSettings
{
    [Description("Whether the event's payload stands on the card, as far as it fits. Everybody in the channel reads it.")]
    [DefaultValue(false)]
    public bool Payload { get; set; }
}
