namespace AuditHost.PluginKit.Alerts;

/// <summary>What a message does to the alert it belongs to.</summary>
public enum AlertAction
{
    /// <summary>Opens it, or says more about one that is open.</summary>
    Trigger,

    /// <summary>Says that somebody has taken it on.</summary>
    Acknowledge,

    /// <summary>Closes it.</summary>
    Resolve,
}
