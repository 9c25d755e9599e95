namespace AuditHost.Fakes.PagerDuty;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    Triggered,
    Acknowledged,
    Resolved,
}
