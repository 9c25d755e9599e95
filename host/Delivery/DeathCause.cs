namespace AuditHost.Delivery;

/// <summary>Why an event became a dead letter.</summary>
internal enum DeathCause
{
    /// <summary>The destination will never take it.</summary>
    Rejected,

    /// <summary>Too large for the destination even alone.</summary>
    TooLarge,

    /// <summary>Its format or template cannot express it.</summary>
    Unrenderable,

    /// <summary>Older than the destination's <c>give_up_after</c>.</summary>
    GivenUp,

    /// <summary>It was being rendered or sent each time that the process ended, three times in a row.</summary>
    SuspectedPoison,
}
