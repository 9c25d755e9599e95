namespace AuditHost.Sdk;

/// <summary>The renderings of a batch that a connector reads.</summary>
[Flags]
public enum BatchContent
{
    /// <summary>Only the events themselves.</summary>
    None = 0,

    /// <summary>Each event's <see cref="OutboundEvent.Payload"/>.</summary>
    Payload = 1,

    /// <summary>The framed whole, <see cref="EventBatch.Body"/>.</summary>
    Body = 2,
}
