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
            DeliveryResult result = await SendPartAsync(job, scratch, cancellationToken).ConfigureAwait(false);
            if (!job.Settle(result, splittable))
                return OutcomeMap.RetriableOf(result);
        }

        return DeliveryResult.Delivered;
    }

    private async ValueTask<DeliveryResult> SendPartAsync(DeliveryJob job, PooledBuffer scratch, CancellationToken cancellationToken)
    {
        job.Attempts++;
        SealedBatch sealedBatch;
        try
        {
            sealedBatch = renderer.Seal(job.Batch, job.Next, job.Attempts, scratch);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever a body template throws concerns these events: it must neither stop the lane nor be tried for ever.
            return DeliveryResult.Failed(FailureKind.Rejected, exception is FormatException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");
        }

        using (sealedBatch)
        {
            return await next.SendAsync(sealedBatch.Batch, cancellationToken).ConfigureAwait(false);
        }
    }
}
