using System.ComponentModel;

namespace AuditHost.Formats.Gelf;

/// <summary>What a message has besides the common fields.</summary>
public sealed class GelfFormatterSettings
{
    [Description("Whether the whole event, as received, goes along as full_message.")]
    [DefaultValue(false)]
    public bool FullMessage { get; set; }

    [Description("Whether the members of the event's payload become fields of their own, named _payload_ and the member; at most 100.")]
    [DefaultValue(true)]
    public bool PayloadFields { get; set; } = true;
}
