using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>
/// Failures that only the host can name, for events whose plugin runs in a process of its own. They travel as kinds that the contract does
/// not have, so that no connector can return one by mistake.
/// </summary>
internal static class HostFailure
{
    /// <summary>The format or template, which runs in the other process, cannot express it.</summary>
    public const FailureKind Unrenderable = (FailureKind)101;

    /// <summary>The other process ended each time it worked at it.</summary>
    public const FailureKind SuspectedPoison = (FailureKind)102;

    /// <summary>Whether trying again cannot help.</summary>
    public static bool IsFinal(FailureKind kind) => kind is FailureKind.Rejected or FailureKind.TooLarge or Unrenderable or SuspectedPoison;

    /// <summary>What an event dies of that fails for good.</summary>
    public static DeathCause CauseOf(FailureKind kind) => kind switch
    {
        FailureKind.TooLarge => DeathCause.TooLarge,
        Unrenderable => DeathCause.Unrenderable,
        SuspectedPoison => DeathCause.SuspectedPoison,
        _ => DeathCause.Rejected,
    };
}
