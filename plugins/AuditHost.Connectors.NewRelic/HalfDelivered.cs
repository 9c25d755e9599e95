using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Events of which some kinds were acknowledged when another failed. New Relic deduplicates nothing, so what it has must not go out again with
/// the next attempt, whose batch may have been cut differently. Kept in memory alone: after a restart it comes twice.
/// </summary>
internal sealed class HalfDelivered
{
    /// <summary>Beyond so many, which only dead letters leave behind, all are forgotten.</summary>
    private const int MaxEvents = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, (byte Kinds, string Acknowledgement)> _events = [];
    private volatile bool _any;

    /// <summary>Takes out of a plan what was delivered earlier.</summary>
    public void Restore(BatchPlan plan)
    {
        if (!_any)
            return;
        lock (_lock)
        {
            for (int index = 0; index < plan.Batch.Count; index++)
            {
                if (_events.TryGetValue(plan.Batch[index].Event.Sequence, out (byte Kinds, string Acknowledgement) known))
                    plan.Restore(index, known.Kinds, known.Acknowledgement);
            }
        }
    }

    /// <summary>Keeps what was delivered of a plan that was not finished.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="kinds">What is sent of an event.</param>
    public void Keep(BatchPlan plan, IReadOnlyList<TelemetryKind> kinds)
    {
        lock (_lock)
        {
            for (int index = 0; index < plan.Batch.Count; index++)
                Keep(plan, index, kinds);
            _any = _events.Count > 0;
        }
    }

    /// <summary>Forgets the events of a plan that was finished.</summary>
    public void Forget(EventBatch batch)
    {
        if (!_any)
            return;
        lock (_lock)
        {
            for (int index = 0; index < batch.Count; index++)
                _events.Remove(batch[index].Event.Sequence);
            _any = _events.Count > 0;
        }
    }

    private void Keep(BatchPlan plan, int index, IReadOnlyList<TelemetryKind> kinds)
    {
        if (plan.IsRefused(index) || plan.AcknowledgementOf(index) is not { } acknowledgement)
            return;
        byte delivered = 0;
        foreach (TelemetryKind kind in kinds)
            delivered |= plan.Wants(index, kind) ? (byte)0 : BatchPlan.BitOf(kind);
        if (_events.Count >= MaxEvents)
            _events.Clear();
        _events[plan.Batch[index].Event.Sequence] = (delivered, acknowledgement);
    }
}
