using AuditHost.Delivery;
using AuditHost.Intake;
using AuditHost.Journal;
using AuditHost.Lanes.Poison;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes.Alerts;

/// <summary>
/// Takes the messages that a batch becomes through the delivery chain, as many at a time as the connector takes. Where one is refused, each event
/// that it told of is a dead letter.
/// </summary>
internal sealed class AlertDelivery(Destination destination, AlertDesk desk, EventJournal journal, Burial burial, TimeProvider time, ILogger logger) : IBatchDelivery
{
    /// <summary>How many dead letters are written at a time: a refused message may have told of hundreds of thousands.</summary>
    private const int LettersAtATime = 1000;

    private static readonly TimeSpan ReadPause = TimeSpan.FromSeconds(1);

    private readonly AlertComposer _composer = new(destination.Options.Name);

    public async Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        // Planned by the loop, which alone asks the desk; the rest is off the loop.
        AlertPlan plan = desk.Plan(batch, alone: destination.Guard.IsCareful);
        await Task.Yield();
        DateTimeOffset firstAttemptAt = time.GetUtcNow();
        long startedAt = time.GetTimestamp();
        (ulong Kept, ulong Lost) letters = default;
        CancellationToken waiting = stopping;
        for (int first = 0; first < plan.Messages.Count;)
        {
            using var messages = new LaneBatch();
            await FillAsync(messages, plan, first, batch, firstAttemptAt, waiting);
            var job = new DeliveryJob(messages);
            await destination.Chain.DeliverAsync(job, waiting, aborting);
            plan.Note(first, job);
            foreach (Refusal refusal in job.Refusals)
            {
                AlertMessage message = plan.Messages[first + refusal.Index];
                if (message.Action == AlertAction.Resolve)
                    Report(message, refusal);
                (ulong kept, ulong lost) = await BuryAsync(job, refusal, message, batch, firstAttemptAt, claim, waiting, aborting);
                letters = (letters.Kept + kept, letters.Lost + lost);
            }

            // Once people were told a part, a stop lets the rest have its grace: without it all of it would go out again after the start.
            waiting = aborting;
            first += messages.Count;
        }

        // Only messages are rendered and sent: what counts for the guard is each of them, and the time in which they are under way.
        if (destination.Guard.IsCareful)
            destination.Guard.Passed();
        return new Settlement(null, time.GetElapsedTime(startedAt), (ulong)batch.Passed - letters.Kept - letters.Lost, letters.Kept) { Plan = plan, Dropped = letters.Lost };
    }

    /// <summary>No event dies of it, so that nothing else would tell.</summary>
    private void Report(AlertMessage message, Refusal refusal)
    {
        string reason = destination.Redact(refusal.Reason);
        destination.Statistics.Failure(reason, time.GetUtcNow());
        logger.LogWarning("The destination could not be told that an alert is over ({Alert}): {Reason}. Close it by hand.", message.Label, reason);
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

    /// <summary>Keeps all events of a refused message. What was sent stands at the event that the message was about.</summary>
    /// <returns>How many were kept, and how many the journal no longer has.</returns>
    private async Task<(ulong Kept, ulong Lost)> BuryAsync(
        DeliveryJob job, Refusal refusal, AlertMessage message, LaneBatch batch, DateTimeOffset firstAttemptAt, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        List<DeadLetter> letters = [];
        (ulong kept, ulong lost) = (0, 0);
        EventBlock? block = null;
        try
        {
            foreach (AlertGroup group in message.Groups)
            {
                letters.Add(destination.Bury(job, refusal, batch[group.Index], firstAttemptAt, time.GetUtcNow(), withSent: group == message.Groups[0]));
                foreach (ulong sequence in group.Others)
                {
                    if (letters.Count == LettersAtATime)
                        kept += await KeepAsync(letters, claim, stopping, aborting);
                    if (block is null || sequence < block.FirstSequence || sequence >= block.NextSequence)
                    {
                        block?.Release();
                        block = null;
                        block = await ReadAsync(sequence, stopping);
                    }

                    if (block is null || block.FirstSequence > sequence)
                        lost++;
                    else
                        letters.Add(destination.Bury(job, refusal, block[(int)(sequence - block.FirstSequence)], firstAttemptAt, time.GetUtcNow(), withSent: false));
                }
            }
        }
        finally
        {
            block?.Release();
        }

        if (letters.Count > 0)
            kept += await KeepAsync(letters, claim, stopping, aborting);
        if (lost > 0)
            logger.LogError("Refused events that are no longer in the journal: {Count}; booked as dropped.", lost);
        return (kept, lost);
    }

    private async Task<ulong> KeepAsync(List<DeadLetter> letters, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        await burial.KeepAsync(letters, claim, stopping, aborting);
        ulong kept = (ulong)letters.Count;
        letters.Clear();
        return kept;
    }

    /// <summary>The batch holds no more of such an event than its place; the journal has it until the cursor is past it.</summary>
    private async ValueTask<EventBlock?> ReadAsync(ulong sequence, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return journal.TryRead(sequence);
            }
            catch (IOException exception)
            {
                destination.Watch.RoundFailed(DeliveryResult.Failed(FailureKind.Transient, $"The journal cannot be read: {exception.Message}"), ReadPause);
                await Task.Delay(ReadPause, time, stopping);
            }
        }
    }
}
