namespace AuditHost.Sdk;

/// <summary>Why a delivery failed, which decides what the host does next.</summary>
public enum FailureKind
{
    /// <summary>It may work later. Retried with back-off; counts for the circuit breaker.</summary>
    Transient = 1,

    /// <summary>The destination asks for a slower pace. Retried after the stated time; does not count for the breaker.</summary>
    Throttled = 2,

    /// <summary>The destination will never take this. A batch is split to find the offending event, which becomes a dead letter.</summary>
    Rejected = 3,

    /// <summary>Too large for the destination. A batch is halved; a single event becomes a dead letter.</summary>
    TooLarge = 4,

    /// <summary>
    /// The destination refuses the sender, not the events: bad credentials, unknown topic or index. The destination pauses, shows
    /// as misconfigured and is tried slowly; its events stay in the journal.
    /// </summary>
    Misconfigured = 5,
}
