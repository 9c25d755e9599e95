using AuditHost.Delivery;

namespace AuditHost.Lanes;

/// <summary>Takes a lane's batch through the delivery chain and buries what the destination refuses.</summary>
internal sealed class LaneDelivery(Destination destination, Burial burial, TimeProvider time) : IBatchDelivery
{
    public async Task<Settlement> DeliverAsync(LaneBatch batch, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        // Off the loop at once: a connector that works synchronously must not keep the lane from reading ahead.
        await Task.Yield();
        DateTimeOffset firstAttemptAt = time.GetUtcNow();
        long startedAt = time.GetTimestamp();
        var job = new DeliveryJob(batch);
        await destination.Chain.DeliverAsync(job, stopping, aborting);
        if (job.Refusals.Count > 0)
        {
            DeadLetter[] letters = [.. job.Refusals.Select(refusal => destination.Bury(job, refusal, batch[refusal.Index], firstAttemptAt, time.GetUtcNow()))];
            await burial.KeepAsync(letters, claim, stopping, aborting);
        }

        return Settlement.Of(job, time.GetElapsedTime(startedAt));
    }
}
