namespace AuditHost.Dashboard;

/// <summary>
/// A destination in figures. The books stand for its whole life and balance:
/// accepted = delivered + buffered + dead_lettered + filtered + dropped. The rest counts since the host started.
/// </summary>
internal sealed record DestinationStatus
{
    public required string Name { get; init; }

    public required string Section { get; init; }

    public required string Type { get; init; }

    /// <summary>Where it leads: absolute paths, and addresses without user name, password and query.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }

    /// <summary><c>healthy</c>, <c>retrying</c>, <c>throttled</c>, <c>misconfigured</c>, <c>starting</c>, <c>broken</c> or <c>stopped</c>: as the last call left it.</summary>
    public required string Health { get; init; }

    /// <summary>Whether its cursor has not moved for <c>stalled_after_seconds</c> while events wait.</summary>
    public bool Stalled { get; init; }

    /// <summary>Seconds since the oldest event that is not settled was received; missing where none waits or the host does not run.</summary>
    public double? OldestUndeliveredAge { get; init; }

    public string? Breaker { get; init; }

    /// <summary>How many batches may be on their way at a time now; missing while no host runs.</summary>
    public int? ConcurrencyLimit { get; init; }

    public required ulong Accepted { get; init; }

    public required ulong Delivered { get; init; }

    public required ulong Buffered { get; init; }

    public required ulong DeadLettered { get; init; }

    public required ulong Filtered { get; init; }

    public required ulong Dropped { get; init; }

    /// <summary>The bytes of the journal that wait for it.</summary>
    public long BacklogBytes { get; init; }

    /// <summary>How many may; without one, as many as the journal takes.</summary>
    public long? Quota { get; init; }

    /// <summary><c>block</c> or <c>drop_oldest</c>: what happens when more would.</summary>
    public required string OnFull { get; init; }

    /// <summary>The next sequence number to settle.</summary>
    public required ulong Position { get; init; }

    /// <summary>Events handed to the connector with success since the host started.</summary>
    public long Sent { get; init; }

    /// <summary>Calls of the connector that did not deliver the whole batch.</summary>
    public long Failed { get; init; }

    /// <summary>Events delivered again at an operator's wish.</summary>
    public long Replayed { get; init; }

    /// <summary>Events that replays have come past, delivered or not; by it an operator sees how far they are.</summary>
    public long ReplaySeen { get; init; }

    public long Bytes { get; init; }

    public double MeanDeliveryMilliseconds { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorAt { get; init; }

    public DateTimeOffset? LastProbe { get; init; }

    /// <summary>Why the last probe failed.</summary>
    public string? ProbeProblem { get; init; }

    /// <summary>Why the content of the template's file is not the one that renders; missing where it is.</summary>
    public string? TemplateProblem { get; init; }

    /// <summary>How often the plugin's own process had to be started again; missing where the plugin runs in the host's, and while no host runs.</summary>
    public long? ProcessRestarts { get; init; }

    /// <summary>The memory of the plugin's own process.</summary>
    public long? ProcessBytes { get; init; }
}
