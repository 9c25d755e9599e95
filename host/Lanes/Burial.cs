using AuditHost.Delivery;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Keeps dead letters durably, however long the disk takes over it.</summary>
internal sealed class Burial(Destination destination, IDeadLetterSink deadLetters, TimeProvider time, ILogger logger)
{
    public async Task KeepAsync(IReadOnlyList<DeadLetter> letters, BatchClaim claim, CancellationToken stopping, CancellationToken aborting)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (!claim.TryBury())
                throw new OperationCanceledException("The batch was given up.");
            try
            {
                // Like an attempt it may finish after a stop: without it the whole batch would go out again.
                await deadLetters.AddAsync(letters, aborting);
                claim.Buried();
                logger.LogWarning("Dead letters: {Count}, the first: {Cause}: {Reason}", letters.Count, letters[0].Cause, letters[0].Reason);
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
