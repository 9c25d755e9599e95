namespace AuditHost.Lanes.Drops;

/// <summary>The policy, or the order, by which events were given up.</summary>
internal enum DropReason
{
    /// <summary>More waited for the destination than its <c>quota</c>, with <c>on_full: drop_oldest</c>.</summary>
    Quota,

    /// <summary>More dead letters than <c>host.dead_letters.max_bytes</c>, with <c>on_full: drop_oldest</c>.</summary>
    DeadLetters,

    /// <summary>An operator discarded the backlog of a destination that left the site file.</summary>
    Discarded,
}
