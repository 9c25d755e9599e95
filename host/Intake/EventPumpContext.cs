using AuditHost.Configuration.Options;

namespace AuditHost.Intake;

/// <summary>What all streams of one source share.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Sink">Takes the events.</param>
/// <param name="Rejected">Takes what is none.</param>
/// <param name="Counters">Its counters.</param>
/// <param name="Time">Its clock.</param>
/// <param name="MaxEventBytes">The largest event.</param>
/// <param name="Rate">How fast they may take events together; <see langword="null"/> for as fast as they become durable.</param>
internal sealed record EventPumpContext(
    string Source, IEventSink Sink, IRejectedInput Rejected, SourceCounters Counters, TimeProvider Time, int MaxEventBytes, TokenBucket? Rate = null)
{
    /// <summary>The context of a source, with the rate that its options give it.</summary>
    public static EventPumpContext Of(
        string source, IEventSink sink, IRejectedInput rejected, SourceCounters counters, TimeProvider time, int maxEventBytes, RateLimitOptions? rate) =>
        new(source, sink, rejected, counters, time, maxEventBytes, rate is null ? null : new TokenBucket(rate, time));
}
