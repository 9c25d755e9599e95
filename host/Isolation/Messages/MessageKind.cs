namespace AuditHost.Isolation.Messages;

/// <summary>What passes between the host and a plugin's process. Values are the wire's.</summary>
internal enum MessageKind : byte
{
    /// <summary>Host to plugin, first of all: the destination.</summary>
    Setup = 1,

    /// <summary>Host to plugin: open the connector.</summary>
    Start = 2,

    /// <summary>Host to plugin: deliver a batch.</summary>
    Send = 3,

    /// <summary>Host to plugin: see whether the destination answers.</summary>
    Probe = 4,

    /// <summary>Host to plugin: end the call of this number.</summary>
    Cancel = 5,

    /// <summary>Host to plugin: are you there?</summary>
    Ping = 6,

    /// <summary>Host to plugin: close the connector and end.</summary>
    Stop = 7,

    /// <summary>Host to plugin, instead of a setup: say what the assembly of this path provides.</summary>
    Describe = 8,

    /// <summary>Host to plugin, after a description: where do these settings lead?</summary>
    Endpoints = 9,

    /// <summary>Host to plugin, after a setup: show one event as it would be sent.</summary>
    Render = 10,

    /// <summary>Host to plugin, after a setup: find events at the destination.</summary>
    Search = 11,

    /// <summary>Plugin to host: what became of the call of this number.</summary>
    Outcome = 65,

    /// <summary>Plugin to host: a line for the log.</summary>
    Log = 66,
}
