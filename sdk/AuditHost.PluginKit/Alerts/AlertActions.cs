using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>Reads an <see cref="AlertAction"/>.</summary>
public static class AlertActions
{
    /// <summary>Reads <c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</summary>
    /// <returns>Whether it is one of them.</returns>
    public static bool TryParse(EventValue value, out AlertAction action)
    {
        action = value.Equals("resolve"u8) ? AlertAction.Resolve : value.Equals("acknowledge"u8) ? AlertAction.Acknowledge : AlertAction.Trigger;
        return action != AlertAction.Trigger || value.Equals("trigger"u8);
    }
}
