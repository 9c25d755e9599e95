using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes.Poison;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// Takes the messages that a batch becomes through the delivery chain, as many at a time as the connector takes. Where one is refused, each event
/// that it told of is a dead letter.
/// </summary>
internal sealed class AlertDelivery(Destination destination, AlertDesk desk, EventJournal journal, Burial burial, TimeProvider time) : IBatchDelivery
{
    private readonly AlertComposer _composer = new(destination.Options.Name);

    public async Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        // Planned by the loop, which alone asks the desk; the rest is off the loop.
        AlertPlan plan = desk.Plan(batch, alone: destination.Guard.IsCareful);
        await Task.Yield();
        DateTimeOffset firstAttemptAt = time.GetUtcNow();
        long startedAt = time.GetTimestamp();
        List<DeadLetter> letters = [];
        for (int first = 0; first < plan.Messages.Count;)
        {
            using var messages = new LaneBatch();
            await FillAsync(messages, plan, first, batch, firstAttemptAt, stopping);
            var job = new DeliveryJob(messages);
            await destination.Chain.DeliverAsync(job, stopping, aborting);
            plan.Note(first, job);
            foreach (Refusal refusal in job.Refusals)
                letters.AddRange(LettersOf(job, refusal, plan.Messages[first + refusal.Index], batch, firstAttemptAt));
            first += messages.Count;
        }

        // Only messages are rendered and sent: what counts for the guard is each of them, and the time in which they are under way.
        if (destination.Guard.IsCareful)
            destination.Guard.Passed();
        if (letters.Count > 0)
            await burial.KeepAsync(letters, claim, stopping, aborting);
        return new Settlement(null, time.GetElapsedTime(startedAt), (ulong)(batch.Passed - letters.Count), (ulong)letters.Count) { Plan = plan };
    }

    /// <summary>Renders messages from a place of the plan on, as many as one call takes; one alone, and marked, where the lane is careful.</summary>
    private async ValueTask FillAsync(LaneBatch messages, AlertPlan plan, int first, LaneBatch batch, DateTimeOffset now, CancellationToken stopping)
    {
        messages.Open(batch.FirstSequence, 0);
        if (destination.Guard.IsCareful)
        {
            await AddCarefullyAsync(messages, _composer.Compose(plan.Messages[first], batch, now), destination.Guard, stopping);
            return;
        }

        for (int next = first; next < plan.Messages.Count && messages.Count < destination.Limits.MaxEvents; next++)
        {
            if (!destination.Renderer.TryAppend(messages, _composer.Compose(plan.Messages[next], batch, now), destination.Limits.MaxBytes))
                return;
        }
    }

    private async ValueTask AddCarefullyAsync(LaneBatch messages, ParsedEvent message, PoisonGuard guard, CancellationToken stopping)
    {
        if (guard.IsSuspected(message.Sequence))
        {
            messages.Add(message, 0, default, PoisonGuard.Reason, DeathCause.SuspectedPoison);
            return;
        }

        await guard.TakeTurnAsync(stopping);
        try
        {
            guard.Mark(message.Sequence);
            destination.Renderer.Append(messages, message);
            if (messages.RenderingError(0) is null)
                destination.Renderer.Rehearse(messages);
            guard.Unmark();
        }
        finally
        {
            guard.Give();
        }
    }

    private IEnumerable<DeadLetter> LettersOf(DeliveryJob job, Refusal refusal, AlertMessage message, LaneBatch batch, DateTimeOffset firstAttemptAt)
    {
        foreach (AlertGroup group in message.Groups)
        {
            yield return destination.Bury(job, refusal, batch[group.Index], firstAttemptAt, time.GetUtcNow());
            foreach (ulong sequence in group.Others)
                yield return Bury(job, refusal, sequence, firstAttemptAt);
        }
    }

    /// <summary>The batch holds no more of such an event than its place; the journal has it until the cursor is past it.</summary>
    private DeadLetter Bury(DeliveryJob job, Refusal refusal, ulong sequence, DateTimeOffset firstAttemptAt)
    {
        EventBlock block = journal.TryRead(sequence) ?? throw new IOException($"Event {sequence} cannot be read from the journal.");
        try
        {
            return destination.Bury(job, refusal, block[(int)(sequence - block.FirstSequence)], firstAttemptAt, time.GetUtcNow());
        }
        finally
        {
            block.Release();
        }
    }
}
