namespace AuditHost.PluginKit.Events;

/// <summary>How what an event tells of ended.</summary>
public enum EventOutcome
{
    /// <summary>The event does not say, or is of a kind that cannot fail.</summary>
    Unknown,

    /// <summary>It was done, if with warnings.</summary>
    Success,

    /// <summary>It was refused, broke off or found what it looked for to be wrong.</summary>
    Failure,
}
