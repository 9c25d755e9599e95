namespace AuditHost.Lanes.Alerts;

/// <summary>What a message says of an alert.</summary>
internal enum AlertAction
{
    /// <summary>It is open.</summary>
    Trigger,

    /// <summary>Nothing happened for as long as the site says.</summary>
    Resolve,
}
