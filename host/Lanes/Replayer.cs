using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Sdk;

namespace AuditHost.Lanes;

/// <summary>
/// Sends events again to a destination at an operator's wish, beside its lane and without touching its cursor. One round of attempts:
/// where that fails, the operator is told rather than kept waiting.
/// </summary>
internal sealed class Replayer(Destination destination, int? eventsPerSecond, TimeProvider time)
{
    private readonly TokenBucket? _cap = eventsPerSecond is { } rate
        ? new TokenBucket(new RateLimitOptions { EventsPerSecond = rate, Burst = rate }, time)
        : null;

    // A batch goes out whole: one larger than a second's events would make the destination wait long and then get all at once.
    private readonly LaneLimits _limits = destination.Limits with { MaxEvents = Math.Min(destination.Limits.MaxEvents, eventsPerSecond ?? int.MaxValue) };

    /// <summary>Sends dead letters under their own ids, unfiltered: the operator chose them.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="settled">Told which of them were delivered, batch by batch.</param>
    /// <param name="cancellationToken">Ends it between two batches or attempts.</param>
    public async Task<ReplayOutcome> SendAsync(
        IEnumerable<DeadLetter> letters, Func<IReadOnlyList<DeadLetter>, ValueTask> settled, CancellationToken cancellationToken)
    {
        var outcome = new ReplayOutcome();
        using IEnumerator<DeadLetter> next = letters.GetEnumerator();
        bool more = next.MoveNext();
        while (more)
        {
            using var batch = new LaneBatch();
            batch.Open(next.Current.Sequence, time.GetTimestamp());
            List<DeadLetter> chunk = [];
            while (more && batch.Count < _limits.MaxEvents
                && destination.Renderer.TryAppend(batch, Revive(next.Current), _limits.MaxBytes))
            {
                chunk.Add(next.Current);
                more = next.MoveNext();
            }

            DeliveryJob job = await DeliverAsync(batch, outcome, cancellationToken);
            await settled([.. job.DeliveredIndices().Select(index => chunk[index])]);
            if (!job.IsSettled)
                break;
        }

        return outcome;
    }

    /// <summary>Sends a range of the journal, through the destination's filters.</summary>
    public async Task<ReplayOutcome> SendAsync(EventJournal journal, ulong from, ulong end, CancellationToken cancellationToken)
    {
        var outcome = new ReplayOutcome();
        using var reader = new LaneReader(journal, destination.Filters, destination.Renderer, _limits, from, end);
        using var batch = new LaneBatch();
        for (FillResult result = FillResult.Full; result != FillResult.Exhausted;)
        {
            batch.Clear();
            batch.Open(reader.Position, time.GetTimestamp());
            result = reader.Fill(batch);
            outcome.Filtered += batch.Filtered;
            destination.Statistics.Replay(delivered: 0, seen: batch.Filtered);
            if (batch.Count > 0 && !(await DeliverAsync(batch, outcome, cancellationToken)).IsSettled)
                break;
        }

        return outcome;
    }

    private async Task<DeliveryJob> DeliverAsync(LaneBatch batch, ReplayOutcome outcome, CancellationToken cancellationToken)
    {
        if (_cap?.Take(batch.Count) is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        var job = new DeliveryJob(batch);
        DeliveryResult result = await destination.Chain.DeliverOnceAsync(job, cancellationToken);
        outcome.Delivered += job.Delivered;
        outcome.Refused += job.Refusals.Count;
        destination.Statistics.Replay(job.Delivered, batch.Count);
        if (job.Refusals is [var first, ..])
            outcome.Problem = $"{first.Cause}: {first.Reason}";
        if (!job.IsSettled)
            outcome.Problem = result.Reason;
        return job;
    }

    private static ParsedEvent Revive(DeadLetter letter)
    {
        if (!EventParser.TryParse(letter.Original.Span, out EventIndex index, out EventError? error))
            throw new IOException($"Dead letter {letter.Id} is damaged: {error!.Reason}");
        var parsed = new ParsedEvent();
        parsed.Set(letter.Original, index, letter.Sequence, letter.ReceivedAt.UtcTicks, letter.AssignedId);
        return parsed;
    }
}
