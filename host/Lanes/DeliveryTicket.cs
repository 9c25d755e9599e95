using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;

namespace AuditHost.Lanes;

/// <summary>
/// Somebody waits for what becomes of events at one destination. It is drawn before the events are stored, since a lane can be done
/// with them before their sender knows where they stand; until then it notes all that the lane settles.
/// </summary>
internal sealed class DeliveryTicket : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LaneTickets _owner;
    private readonly string _destination;
    private readonly TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Stretch> _stretches = [];
    private readonly List<Settled> _events = [];
    private AppendReceipt? _receipt;
    private ulong _position;
    private ulong _end = ulong.MaxValue;

    /// <param name="owner">The lane's tickets, which it leaves when it is disposed of.</param>
    /// <param name="destination">The lane's name.</param>
    /// <param name="from">The first sequence number the events can have.</param>
    /// <param name="position">How far the lane is.</param>
    public DeliveryTicket(LaneTickets owner, string destination, ulong from, ulong position)
    {
        _owner = owner;
        _destination = destination;
        From = from;
        _position = position;
    }

    private ulong From { get; }

    /// <summary>Takes note of a batch that the lane settles, while it still holds its events.</summary>
    public void Note(LaneBatch batch, in Settlement settlement)
    {
        lock (_lock)
        {
            _position = batch.EndSequence;
            if (batch.EndSequence > From)
            {
                _stretches.Add(new Stretch(batch.FirstSequence, batch.EndSequence, settlement.Duration));
                NoteEvents(batch, settlement);
            }

            PassIfSettled();
        }
    }

    /// <summary>Takes note of events that the lane gave up.</summary>
    public void NoteDropped(ulong first, ulong end)
    {
        lock (_lock)
        {
            _position = end;
            if (end > From)
                _stretches.Add(new Stretch(first, end, TimeSpan.Zero, IsDropped: true));
            PassIfSettled();
        }
    }

    /// <summary>Says which events are meant.</summary>
    /// <param name="receipt">Where they stand in the journal.</param>
    /// <param name="head">The journal's head, which a lane must have passed for events that were known already.</param>
    public void Expect(AppendReceipt receipt, ulong head)
    {
        lock (_lock)
        {
            _receipt = receipt;
            _end = receipt.Duplicates > 0 ? head : receipt.Last + 1;
            PassIfSettled();
        }
    }

    /// <summary>Ends when the lane has settled the events, or with the token.</summary>
    public Task PassedAsync(CancellationToken cancellationToken) => _passed.Task.InContext().WaitAsync(cancellationToken);

    /// <summary>What is known of the events by now.</summary>
    public DeliveryOutcome Outcome()
    {
        lock (_lock)
        {
            AppendReceipt receipt = _receipt ?? default;
            Settled[] mine = [.. _events.Where(settled => settled.Sequence >= receipt.First && settled.Sequence <= receipt.Last)];
            Stretch[] over = [.. _stretches.Where(stretch => stretch.First <= receipt.Last && stretch.End > receipt.First)];
            int dropped = CountIn(receipt, over.Where(stretch => stretch.IsDropped));
            int covered = CountIn(receipt, over.Where(stretch => !stretch.IsDropped));
            Settled? dead = mine.FirstOrDefault(settled => settled.Refusal is not null);
            return new DeliveryOutcome(_destination)
            {
                IsSettled = _position >= _end,
                Delivered = mine.Count(settled => settled.Refusal is null),
                Filtered = covered - mine.Length,
                DeadLettered = mine.Count(settled => settled.Refusal is not null),
                Dropped = dropped,
                Pending = receipt.Count - covered - dropped,
                Duration = over.Select(stretch => stretch.Duration).DefaultIfEmpty().Max(),
                MessageId = mine.LastOrDefault(settled => settled.MessageId is not null)?.MessageId,
                Error = dead is { Refusal: { } refusal } ? $"{refusal.Cause}: {refusal.Reason}"
                    : dropped > 0 ? $"{Counted.Of(dropped, "event")} dropped: more waited than the destination's quota" : null,
            };
        }
    }

    public void Dispose() => _owner.Remove(this);

    private static int CountIn(AppendReceipt receipt, IEnumerable<Stretch> stretches) => receipt.Count == 0
        ? 0
        : stretches.Sum(stretch => (int)(Math.Min(stretch.End, receipt.Last + 1) - Math.Max(stretch.First, receipt.First)));

    private void NoteEvents(LaneBatch batch, in Settlement settlement)
    {
        DeliveryJob? job = settlement.Job;
        Dictionary<int, Refusal>? refusals = job?.Refusals.ToDictionary(refusal => refusal.Index);
        for (int i = 0; i < batch.Count; i++)
        {
            (Refusal? refusal, string? acknowledgement) = settlement.Plan?.OutcomeOf(i) ?? (refusals?.GetValueOrDefault(i), job?.AcknowledgementOf(i));
            Note(batch[i].Sequence, refusal, acknowledgement);
            foreach (ulong other in batch.Alerts?.All[i].Others ?? [])
                Note(other, refusal, acknowledgement);
        }
    }

    private void Note(ulong sequence, Refusal? refusal, string? acknowledgement)
    {
        if (sequence >= From)
            _events.Add(new Settled(sequence, acknowledgement, refusal));
    }

    private void PassIfSettled()
    {
        if (_position >= _end)
            _passed.TrySetResult();
    }

    private readonly record struct Stretch(ulong First, ulong End, TimeSpan Duration, bool IsDropped = false);

    private sealed record Settled(ulong Sequence, string? MessageId, Refusal? Refusal);
}
