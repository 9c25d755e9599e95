using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>Watches a destination's deliveries for statistics, status and log.</summary>
internal interface IDeliveryObserver
{
    /// <returns>A timestamp to hand to <see cref="AttemptEnded"/>.</returns>
    long AttemptStarted();

    /// <returns>The result with every secret removed from what the destination said.</returns>
    DeliveryResult AttemptEnded(EventBatch batch, DeliveryResult result, long startedAt);

    /// <summary>A round of attempts is used up; the batch waits and begins another.</summary>
    void RoundFailed(DeliveryResult result, TimeSpan pause);
}
