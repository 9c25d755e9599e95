using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>
/// Remembers, of batches that failed, which intakes have taken which events, so that the next attempt sends nothing twice, however the host cuts
/// the events into batches then. In memory alone, and no more than so many events: what is forgotten comes a second time.
/// </summary>
internal sealed class TakenEvents(int capacity = TakenEvents.DefaultCapacity)
{
    /// <summary>All that can be under way at a time, and as much again.</summary>
    public const int DefaultCapacity = 2 * DatadogFactory.MaxConcurrency * DatadogFactory.MaxBatchEvents;

    private readonly Lock _lock = new();

    // What was remembered last, and what before it: the older half is forgotten at once.
    private Dictionary<ulong, Intakes> _young = [];
    private Dictionary<ulong, Intakes> _old = [];

    /// <summary>Which intakes have taken an event of this sequence number.</summary>
    public Intakes Of(ulong sequence)
    {
        lock (_lock)
            return _young.TryGetValue(sequence, out Intakes taken) || _old.TryGetValue(sequence, out taken) ? taken : Intakes.None;
    }

    /// <summary>Whether nothing is remembered, as long as nothing fails.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _young.Count + _old.Count == 0;
        }
    }

    /// <summary>Keeps the marks of events that are to come again, and forgets those that have none any more.</summary>
    public void Keep(EventBatch batch, ReadOnlySpan<Intakes> marks)
    {
        lock (_lock)
        {
            for (int index = 0; index < batch.Count; index++)
            {
                ulong sequence = batch[index].Event.Sequence;
                Intakes taken = marks[index] & ~Intakes.Refused;
                if (taken == Intakes.None)
                {
                    _young.Remove(sequence);
                    _old.Remove(sequence);
                    continue;
                }

                if (_young.Count >= capacity / 2)
                    (_old, _young) = (_young, []);
                _young[sequence] = taken;
            }
        }
    }
}
