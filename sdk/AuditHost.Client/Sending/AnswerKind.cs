namespace AuditHost.Client.Sending;

/// <summary>What an answer means for the events of a request.</summary>
internal enum AnswerKind
{
    /// <summary>All are durable.</summary>
    Accepted,

    /// <summary>The host is away or busy: nothing was taken, and the same may be sent again.</summary>
    Unavailable,

    /// <summary>The host wants less at once.</summary>
    TooLarge,

    /// <summary>The host refuses them; nothing was taken.</summary>
    Rejected,
}
