using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>
/// Sends what is pending of a job, part by part. A refused part is halved and halved again, so that only the offending event dies;
/// a part that failed for now stays pending, and the job waits.
/// </summary>
internal sealed class SplitSender(ISender next, BatchRenderer renderer, bool splittable)
{
    public async ValueTask<DeliveryResult> SendAsync(DeliveryJob job, CancellationToken cancellationToken)
    {
        using var scratch = new PooledBuffer(256);
        while (!job.IsSettled)
        {
            if (TrySeal(job, scratch) is not { } sealedBatch)
                continue;
            using (sealedBatch)
            {
                job.Attempts++;
                DeliveryResult result = await next.SendAsync(sealedBatch.Batch, cancellationToken);
                if (!job.Settle(result, splittable))
                    return OutcomeMap.RetriableOf(result);
            }
        }

        return DeliveryResult.Delivered;
    }

    private SealedBatch? TrySeal(DeliveryJob job, PooledBuffer scratch)
    {
        try
        {
            return renderer.Seal(job.Batch, job.Next, job.Attempts + 1, scratch);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a body template throws concerns these events: it must neither stop the lane nor be tried for ever.
            job.SettleUnrenderable(RenderingReason.Of(exception), splittable);
            return null;
        }
    }
}
