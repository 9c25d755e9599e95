using AuditHost.Delivery;
using AuditHost.Journal;

namespace AuditHost.Lanes.Alerts;

/// <summary>Takes the messages that a batch becomes through the delivery chain. Where one is refused, each event that it told of is a dead letter.</summary>
internal sealed class AlertDelivery(Destination destination, AlertDesk desk, EventJournal journal, Burial burial, TimeProvider time) : IBatchDelivery
{
    private readonly AlertComposer _composer = new(destination.Options.Name);
    private readonly LaneDelivery _plain = new(destination, burial, time);

    public async Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        // An event that is suspected of taking the process down is in no alert.
        if (batch.Count > 0 && batch.Alerts!.All.Count == 0)
            return await _plain.DeliverAsync(batch, claim, stopping, aborting);

        // Planned by the loop, which alone asks the desk; the rest is off the loop.
        AlertPlan plan = desk.Plan(batch);
        await Task.Yield();
        DateTimeOffset firstAttemptAt = time.GetUtcNow();
        long startedAt = time.GetTimestamp();
        using LaneBatch messages = Compose(plan, batch, firstAttemptAt);
        var job = new DeliveryJob(messages);
        await destination.Chain.DeliverAsync(job, stopping, aborting);
        List<DeadLetter> letters = [.. job.Refusals.SelectMany(refusal => LettersOf(job, refusal, plan.Messages[refusal.Index], batch, firstAttemptAt))];
        if (letters.Count > 0)
            await burial.KeepAsync(letters, claim, stopping, aborting);
        return new Settlement(job, time.GetElapsedTime(startedAt), (ulong)(batch.Passed - letters.Count), (ulong)letters.Count) { Plan = plan };
    }

    private LaneBatch Compose(AlertPlan plan, LaneBatch batch, DateTimeOffset now)
    {
        var messages = new LaneBatch();
        messages.Open(batch.FirstSequence, 0);
        foreach (AlertMessage message in plan.Messages)
            destination.Renderer.Append(messages, _composer.Compose(message, batch, now));
        return messages;
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
