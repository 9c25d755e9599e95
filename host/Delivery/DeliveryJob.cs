using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>A batch on its way: which of its events are still to be settled, and what became of the others.</summary>
internal sealed class DeliveryJob
{
    private readonly Stack<BatchPart> _pending = new();
    private List<(BatchPart Part, DeliveryResult Result)>? _acknowledged;

    public DeliveryJob(LaneBatch batch)
    {
        Batch = batch;
        int[] renderable = [.. Enumerable.Range(0, batch.Count).Where(index => batch.RenderingError(index) is null)];
        for (int index = 0; index < batch.Count; index++)
        {
            if (batch.RenderingError(index) is { } error)
                Refusals.Add(new Refusal(index, batch.CauseOf(index), error));
        }

        if (renderable.Length == batch.Count)
            _pending.Push(BatchPart.Whole(batch.Count));
        else if (renderable.Length > 0)
            _pending.Push(BatchPart.Of(renderable));
    }

    public LaneBatch Batch { get; }

    /// <summary>Calls of the connector so far.</summary>
    public int Attempts { get; set; }

    public int Delivered { get; private set; }

    public List<Refusal> Refusals { get; } = [];

    public bool IsSettled => _pending.Count == 0;

    /// <summary>Events still to be settled.</summary>
    public int PendingCount => _pending.Sum(part => part.Count);

    /// <summary>The next part to send.</summary>
    public BatchPart Next => _pending.Peek();

    /// <summary>Books what became of <see cref="Next"/>.</summary>
    /// <param name="result">The connector's word, secrets removed.</param>
    /// <param name="splittable">Whether a refused batch may be sent again in parts.</param>
    /// <returns>Whether the job can go on at once; otherwise the next part must wait.</returns>
    public bool Settle(DeliveryResult result, bool splittable)
    {
        BatchPart part = Next;
        if (result.AcknowledgementId is not null || result.AcknowledgementIds is not null)
            (_acknowledged ??= []).Add((part, result));
        if (result.Failures is { } failures)
            return SettlePartial(part, failures, result);
        if (result.Kind == 0)
        {
            _pending.Pop();
            Delivered += part.Count;
            return true;
        }

        if (!HostFailure.IsFinal(result.Kind))
            return false;

        // An event that ends the process is looked for in any batch: sending a part of one is no second try of what was refused.
        Refuse(HostFailure.CauseOf(result.Kind), result, splittable || result.Kind == HostFailure.SuspectedPoison);
        return true;
    }

    /// <summary>Books that no body can be made of <see cref="Next"/>.</summary>
    /// <param name="reason">What the body template said.</param>
    /// <param name="splittable">Whether a body may be made of a part of it instead.</param>
    public void SettleUnrenderable(string reason, bool splittable) =>
        Refuse(DeathCause.Unrenderable, DeliveryResult.Failed(FailureKind.Rejected, reason), splittable);

    /// <summary>What the destination calls the delivery of an event; <see langword="null"/> where it gave it no name.</summary>
    public string? AcknowledgementOf(int index)
    {
        // The last part it was in is the one that settled it.
        for (int i = (_acknowledged?.Count ?? 0) - 1; i >= 0; i--)
        {
            (BatchPart part, DeliveryResult result) = _acknowledged![i];
            int position = part.PositionOf(index);
            if (position >= 0)
                return result.AcknowledgementIds is { } ids && position < ids.Count ? ids[position] : result.AcknowledgementId;
        }

        return null;
    }

    /// <summary>Which events were delivered: neither refused nor pending.</summary>
    public IEnumerable<int> DeliveredIndices()
    {
        HashSet<int> others = [.. Refusals.Select(refusal => refusal.Index)];
        foreach (BatchPart part in _pending)
            others.UnionWith(Enumerable.Range(0, part.Count).Select(position => part[position]));
        return Enumerable.Range(0, Batch.Count).Where(index => !others.Contains(index));
    }

    /// <summary>Gives up the pending events that a condition names.</summary>
    public void GiveUp(Func<AuditEvent, bool> condition, string reason)
    {
        BatchPart[] parts = [.. _pending.Reverse()];
        _pending.Clear();
        foreach (BatchPart part in parts)
        {
            int[] all = [.. Enumerable.Range(0, part.Count).Select(position => part[position])];
            int[] staying = Array.FindAll(all, index => !condition(Batch[index]));
            Refusals.AddRange(all.Except(staying).Select(index => new Refusal(index, DeathCause.GivenUp, reason)));
            if (staying.Length == all.Length)
                _pending.Push(part);
            else if (staying.Length > 0)
                _pending.Push(BatchPart.Of(staying));
        }
    }

    /// <summary>Halves a part of several events, so that only the offending one dies.</summary>
    private void Refuse(DeathCause cause, DeliveryResult result, bool splittable)
    {
        BatchPart part = _pending.Pop();
        if (part.Count > 1 && splittable)
        {
            (BatchPart first, BatchPart second) = part.Halves();
            _pending.Push(second);
            _pending.Push(first);
            return;
        }

        for (int i = 0; i < part.Count; i++)
            Refusals.Add(new Refusal(part[i], cause, result.Reason ?? string.Empty, result.Status, result.Response));
    }

    private bool SettlePartial(BatchPart part, IReadOnlyList<EventFailure> failures, DeliveryResult result)
    {
        // An index outside the batch says nothing about any event of it; the batch as a whole must then be sent again.
        if (failures.Any(failure => (uint)failure.Index >= (uint)part.Count))
            return false;
        _pending.Pop();
        var retriable = new SortedSet<int>();
        int dead = 0;
        foreach (EventFailure failure in failures.DistinctBy(failure => failure.Index))
        {
            int index = part[failure.Index];
            if (HostFailure.IsFinal(failure.Kind))
            {
                dead++;
                Refusals.Add(new Refusal(index, HostFailure.CauseOf(failure.Kind), failure.Reason, failure.Status ?? result.Status, result.Response));
            }
            else
            {
                retriable.Add(index);
            }
        }

        Delivered += part.Count - dead - retriable.Count;
        if (retriable.Count == 0)
            return true;
        _pending.Push(BatchPart.Of([.. retriable]));
        return false;
    }
}
