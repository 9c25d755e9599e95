namespace AuditHost.Faults.Simulation;

/// <summary>What every usual run must have met at least once.</summary>
internal static class Sometimes
{
    /// <summary>What can happen to one call of a connector.</summary>
    public static readonly string[] CallFaults =
    [
        "slow", "black hole", "answer lost", "away", "error after taking", "partial failure", "throttled", "misconfigured", "throws",
        "throws after taking", "index outside", "index outside after taking", "request twice", "batch too large", "ignores cancellation",
        "answers at once",
    ];

    /// <summary>What can ail a destination for a while.</summary>
    public static readonly string[] Troubles = ["away", "black hole", "misconfigured", "throttled", "answer lost"];

    public static readonly string[] RetryAfters =
    [
        "no retry-after", "retry-after zero", "retry-after negative", "retry-after huge", "retry-after tiny", "retry-after usual",
    ];

    /// <summary>What can happen to the host and its machine.</summary>
    public static readonly string[] Calamities =
    [
        "power cut", "kill", "stop", "disk full", "disk fault", "clock jump", "order of the operator", "configuration changed",
        "fault at start", "destination in trouble",
    ];

    /// <summary>States that the host should have been in.</summary>
    public static readonly string[] States =
    [
        "start fails", "poison", "event too large", "more events than it takes", "breaker open", "breaker half-open",
        "batch again after a crash", "cursor behind after a power cut", "intake refused: full", "intake refused: disk failed",
        "duplicate recognised", "no answer in time", "sender asked for delivery",
        "delivery confirmed", "dead letter replayed", "dead letter redirected", "dead letter discarded", "range replayed",
        "given up", "unrenderable", "segments deleted", "stopped with batches under way", "start met a fault", "crash at start",
        "destination added later", "scrubbed", "stored twice by right",
    ];

    public static IEnumerable<string> All { get; } = [.. CallFaults, .. Troubles, .. RetryAfters, .. Calamities, .. States];
}
