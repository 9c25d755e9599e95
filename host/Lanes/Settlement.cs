using AuditHost.Delivery;
using AuditHost.Lanes.Alerts;

namespace AuditHost.Lanes;

/// <summary>What became of the events of a batch; the default is that there were none.</summary>
/// <param name="Job">The delivery that settled them; <see langword="null"/> where events became messages.</param>
/// <param name="Duration">From the dispatch to the end, retries included.</param>
/// <param name="Delivered">How many events were delivered.</param>
/// <param name="DeadLettered">How many became dead letters.</param>
internal readonly record struct Settlement(DeliveryJob? Job, TimeSpan Duration, ulong Delivered, ulong DeadLettered)
{
    /// <summary>The messages, where events became messages.</summary>
    public AlertPlan? Plan { get; init; }

    /// <summary>Refused events that the journal no longer has, so that there is nothing to keep of them.</summary>
    public ulong Dropped { get; init; }

    /// <summary>What became of a batch whose events were sent as they are.</summary>
    public static Settlement Of(DeliveryJob job, TimeSpan duration) => new(job, duration, (ulong)job.Delivered, (ulong)job.Refusals.Count);
}
