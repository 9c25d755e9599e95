using AuditHost.Delivery;

namespace AuditHost.Lanes;

/// <summary>What became of the events of a batch; the default is that there were none.</summary>
/// <param name="Job">The delivery that settled them.</param>
/// <param name="Duration">From the dispatch to the end, retries included.</param>
internal readonly record struct Settlement(DeliveryJob? Job, TimeSpan Duration)
{
    public ulong Delivered => (ulong)(Job?.Delivered ?? 0);

    public ulong DeadLettered => (ulong)(Job?.Refusals.Count ?? 0);
}
