using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>Reads what a message does to its alert.</summary>
public static class AlertActions
{
    /// <summary>What the host's alert hygiene says of an event, in <c>alert.action</c>. An event without it opens an alert of its own.</summary>
    public static AlertAction Of(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        return TryParse(auditEvent.Find("alert.action"), out AlertAction action) ? action : AlertAction.Trigger;
    }

    /// <summary>Reads <c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</summary>
    /// <returns>Whether it is one of them.</returns>
    public static bool TryParse(EventValue value, out AlertAction action)
    {
        action = value.Equals("resolve"u8) ? AlertAction.Resolve : value.Equals("acknowledge"u8) ? AlertAction.Acknowledge : AlertAction.Trigger;
        return action != AlertAction.Trigger || value.Equals("trigger"u8);
    }
}
