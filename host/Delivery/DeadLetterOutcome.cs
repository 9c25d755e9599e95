namespace AuditHost.Delivery;

internal enum DeadLetterOutcome
{
    /// <summary>Delivered to its own destination after all.</summary>
    Replayed,

    /// <summary>Delivered to another destination instead.</summary>
    Redirected,

    /// <summary>Given up by an operator.</summary>
    Discarded,
}
