using System.Buffers;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>A batch, and which intakes have taken which of its events, in this attempt or in one before it.</summary>
internal sealed class BatchProgress : IDisposable
{
    private readonly TakenEvents _taken;
    private readonly bool _resumed;
    private readonly Intakes[] _marks;
    private List<EventFailure>? _refusals;
    private bool _mustKeep = true;

    public BatchProgress(EventBatch batch, TakenEvents taken)
    {
        Batch = batch;
        _taken = taken;
        _marks = ArrayPool<Intakes>.Shared.Rent(batch.Count);
        _marks.AsSpan(0, batch.Count).Clear();
        _resumed = !taken.IsEmpty;
        for (int index = 0; _resumed && index < batch.Count; index++)
            _marks[index] = taken.Of(batch[index].Event.Sequence);
    }

    public EventBatch Batch { get; }

    /// <summary>Whether an intake is still to be sent an event.</summary>
    public bool Needs(int index, Intakes intake) => (_marks[index] & (intake | Intakes.Refused)) == 0;

    /// <summary>Marks the events from one index to before another as taken, so far as they were sent.</summary>
    public void Take(Intakes intake, int from, int to)
    {
        for (int index = from; index < to; index++)
        {
            if (Needs(index, intake))
                _marks[index] |= intake;
        }
    }

    /// <summary>Says that an event can never be sent.</summary>
    public void Refuse(int index, FailureKind kind, string reason, int? status = null)
    {
        _marks[index] |= Intakes.Refused;
        (_refusals ??= []).Add(new EventFailure(index, kind, reason, status));
    }

    /// <summary>What became of the batch, given how the last intake ended.</summary>
    public DeliveryResult Finish(DeliveryResult last)
    {
        if (last.IsDelivered)
            ForgetDelivered();
        if (_refusals is null)
            return last;

        // What the host would halve is sent again first, without those that are refused for themselves: only a whole batch is halved.
        FailureKind kind = last.Kind is FailureKind.Rejected or FailureKind.TooLarge ? FailureKind.Transient : last.Kind;
        for (int index = 0; !last.IsDelivered && index < Batch.Count; index++)
        {
            if ((_marks[index] & Intakes.Refused) == 0)
                _refusals.Add(new EventFailure(index, kind, last.Reason!, last.Status));
        }

        _refusals.Sort(static (one, other) => one.Index.CompareTo(other.Index));
        return DeliveryResult.Partial(_refusals, last.RetryAfter).WithResponse(last.Status, last.Response);
    }

    public void Dispose()
    {
        if (_mustKeep)
            _taken.Keep(Batch, _marks);
        ArrayPool<Intakes>.Shared.Return(_marks);
    }

    /// <summary>An event that is delivered may be replayed later, and must find every intake open then.</summary>
    private void ForgetDelivered()
    {
        _mustKeep = _resumed || _refusals is not null;
        for (int index = 0; _mustKeep && index < Batch.Count; index++)
        {
            if ((_marks[index] & Intakes.Refused) == 0)
                _marks[index] = Intakes.None;
        }
    }
}
