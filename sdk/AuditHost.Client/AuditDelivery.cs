namespace AuditHost.Client;

/// <summary>Where an event is safe.</summary>
public enum AuditDelivery
{
    /// <summary>At the host, which has it on its disk.</summary>
    Accepted,

    /// <summary>In the spool of this machine; it goes to the host when that is back.</summary>
    Spooled,
}
