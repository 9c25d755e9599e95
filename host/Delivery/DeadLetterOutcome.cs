namespace AuditHost.Delivery;

internal enum DeadLetterOutcome
{
    /// <summary>Delivered to its own destination after all.</summary>
    Replayed,

    /// <summary>Delivered to another destination instead.</summary>
    Redirected,

    /// <summary>Given up by an operator.</summary>
    Discarded,

    /// <summary>Given up to make room, by <c>host.dead_letters.on_full: drop_oldest</c>.</summary>
    Dropped,
}
