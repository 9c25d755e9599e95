using System.ComponentModel;

namespace AuditHost.Connectors.Slack;

/// <summary>What a message of this format has besides who, what, where and when.</summary>
public sealed class SlackFormatterSettings
{
    [Description("Whether the event's payload stands in the message, as far as it fits. Everybody in the channel reads it.")]
    [DefaultValue(false)]
    public bool Payload { get; set; }

    [Description("Whether the event's id and the alert's key go along as metadata, for apps. Everybody in the workspace can read them.")]
    [DefaultValue(true)]
    public bool Metadata { get; set; } = true;
}
