using AuditHost.Configuration.Options;

namespace AuditHost.Intake;

/// <summary>What all streams of one source share.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Sink">Takes the events.</param>
/// <param name="Rejected">Takes what is none.</param>
/// <param name="Counters">Its counters.</param>
/// <param name="Time">Its clock.</param>
/// <param name="MaxEventBytes">The largest event.</param>
/// <param name="RateLimit">How fast they may take events together; <see langword="null"/> for as fast as they become durable.</param>
/// <param name="MostRejected">How many pieces more that are no events than events one stream may bring; the next one is its last.</param>
internal sealed record EventPumpContext(
    string Source, IEventSink Sink, IRejectedInput Rejected, SourceCounters Counters, TimeProvider Time, int MaxEventBytes, RateLimitOptions? RateLimit = null,
    int MostRejected = int.MaxValue)
{
    /// <summary>What keeps the rate; <see langword="null"/> without one.</summary>
    public TokenBucket? Rate { get; } = RateLimit is null ? null : new TokenBucket(RateLimit, Time);

    /// <summary>What is said of a stream that brought more.</summary>
    public string TooMuchRejected => $"more than {MostRejected} pieces of what it sent, not counting one for each event, are no events";
}
