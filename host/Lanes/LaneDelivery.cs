using AuditHost.Delivery;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Takes a lane's batch through the delivery chain and buries what the destination refuses.</summary>
internal sealed class LaneDelivery(Destination destination, IDeadLetterSink deadLetters, TimeProvider time, ILogger logger)
{
    /// <summary>Ends when each event of the batch is delivered or durably a dead letter.</summary>
    /// <exception cref="OperationCanceledException">The host stopped first and the batch stays in the journal, or the loop gave it up.</exception>
    public async Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        // Off the loop at once: a connector that works synchronously must not keep the lane from reading ahead.
        await Task.Yield();
        DateTimeOffset firstAttemptAt = time.GetUtcNow();
        long startedAt = time.GetTimestamp();
        var job = new DeliveryJob(batch);
        await destination.Chain.DeliverAsync(job, stopping, aborting);
        if (job.Refusals.Count > 0)
            await BuryAsync(job, claim, firstAttemptAt, stopping, aborting);
        return new Settlement(job, time.GetElapsedTime(startedAt));
    }

    private async Task BuryAsync(DeliveryJob job, BatchClaim claim, DateTimeOffset firstAttemptAt, CancellationToken stopping, CancellationToken aborting)
    {
        DeadLetter[] letters = [.. job.Refusals.Select(refusal => destination.Bury(job, refusal, firstAttemptAt, time.GetUtcNow()))];
        for (int attempt = 0; ; attempt++)
        {
            if (!claim.TryBury())
                throw new OperationCanceledException("The batch was given up.");
            try
            {
                // Like an attempt it may finish after a stop: without it the whole batch would go out again.
                await deadLetters.AddAsync(letters, aborting);
                logger.LogWarning("Dead letters: {Count}, the first: {Cause}: {Reason}", letters.Length, letters[0].Cause, letters[0].Reason);
                if (attempt > 0)
                    destination.Watch.BurialSucceeded();
                return;
            }
            catch (IOException exception)
            {
                // The events stay in the journal and the lane stands until they can be kept.
                claim.BurialFailed();
                TimeSpan pause = destination.Chain.BackOff(DeliveryResult.Failed(FailureKind.Transient, exception.Message), attempt);
                string reason = $"Dead letters cannot be written: {exception.Message}";
                destination.Statistics.Failure(reason, time.GetUtcNow());
                destination.Watch.RoundFailed(DeliveryResult.Failed(FailureKind.Transient, reason), pause);
                logger.LogError(exception, "Dead letters could not be written; trying again in {Pause:0.#} s.", pause.TotalSeconds);
                await Task.Delay(pause, time, stopping);
            }
        }
    }
}
