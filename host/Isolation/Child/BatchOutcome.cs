using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Isolation.Messages;
using AuditHost.Sdk;

namespace AuditHost.Isolation.Child;

/// <summary>Puts together what became of a batch that went out in parts and of which some events could not be rendered.</summary>
internal sealed class BatchOutcome(IReadOnlyList<ParsedEvent> events)
{
    private readonly List<EventFailure> _failures = [];
    private readonly string?[] _acknowledgements = new string?[events.Count];
    private readonly Dictionary<ulong, byte[]> _sent = [];
    private DeliveryResult _last;
    private int _first;
    private long _bytes;
    private bool _named;

    /// <summary>Whether a part failed as a whole: what follows it is not sent.</summary>
    public bool IsFailed { get; private set; }

    /// <summary>Begins with the next part.</summary>
    /// <param name="first">The first of its events.</param>
    public void Begin(int first) => _first = first;

    public void AddUnrenderable(int index, string reason) => _failures.Add(new EventFailure(index, HostFailure.Unrenderable, reason));

    /// <summary>No body can be made of the part.</summary>
    public void AddUnrenderableBody(string reason)
    {
        IsFailed = true;
        _last = DeliveryResult.Failed(HostFailure.Unrenderable, reason);
    }

    /// <summary>The connector's word about a part.</summary>
    /// <param name="result">It.</param>
    /// <param name="indices">The part's events.</param>
    /// <param name="batch">What was sent.</param>
    public void Add(DeliveryResult result, IReadOnlyList<int> indices, EventBatch batch)
    {
        _last = result;
        if (result.Kind != 0)
        {
            IsFailed = true;
            if (HostFailure.IsFinal(result.Kind) && indices.Count == 1)
                Keep(indices[0], batch[0].Payload);
            return;
        }

        _bytes += batch.Body.IsEmpty ? Enumerable.Range(0, batch.Count).Sum(i => batch[i].Payload.Length) : batch.Body.Length;
        foreach (EventFailure failure in result.Failures ?? [])
        {
            // An index that is none says nothing of any event: the host then sends the batch again.
            int index = (uint)failure.Index < (uint)indices.Count ? indices[failure.Index] : events.Count;
            _failures.Add(failure with { Index = index });
            if (index < events.Count && HostFailure.IsFinal(failure.Kind))
                Keep(index, batch[failure.Index].Payload);
        }

        for (int i = 0; i < indices.Count; i++)
            Name(indices[i], result.AcknowledgementIds is { } ids && i < ids.Count ? ids[i] : result.AcknowledgementId);
    }

    public OutcomeMessage ToMessage()
    {
        OutcomeMessage message = OutcomeMessage.Of(IsFailed && _first > 0 ? Partly() : IsFailed ? _last : DeliveryResult.Partial(_failures, _last.RetryAfter));
        return message with
        {
            Status = _last.Status,
            Response = _last.Response,
            AcknowledgementId = null,
            AcknowledgementIds = _named ? _acknowledgements : null,
            Bytes = _bytes,
            Sent = _sent.Count > 0 ? _sent : null,
        };
    }

    /// <summary>
    /// What went out before the part that failed stays delivered, and the rest is to be tried again. Also where that part was refused: the
    /// host then sees it whole, and looks for the offending event.
    /// </summary>
    private DeliveryResult Partly()
    {
        HashSet<int> known = [.. _failures.Select(failure => failure.Index)];
        FailureKind kind = HostFailure.IsFinal(_last.Kind) ? FailureKind.Transient : _last.Kind;
        IEnumerable<EventFailure> rest = Enumerable.Range(_first, events.Count - _first)
            .Where(index => !known.Contains(index))
            .Select(index => new EventFailure(index, kind, _last.Reason ?? string.Empty, _last.Status));
        return DeliveryResult.Partial([.. _failures, .. rest], _last.RetryAfter);
    }

    private void Keep(int index, ReadOnlyMemory<byte> payload)
    {
        if (!payload.IsEmpty)
            _sent[events[index].Sequence] = payload.ToArray();
    }

    private void Name(int index, string? acknowledgement)
    {
        _acknowledgements[index] = acknowledgement;
        _named |= acknowledgement is not null;
    }
}
