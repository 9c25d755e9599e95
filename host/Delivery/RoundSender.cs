using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>
/// The outermost link. A round of attempts that fails costs a pause, never an event: the batch waits behind the breaker, or for the
/// operator to mend a misconfigured destination, and is tried again for as long as it takes.
/// </summary>
internal sealed class RoundSender(
    RetrySender retry, DestinationOptions options, ConsecutiveFailureBreaker? breaker, IDeliveryObserver observer, Func<AuditEvent, TimeSpan> age, TimeProvider time)
{
    private static readonly TimeSpan FirstMisconfiguredPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestMisconfiguredPause = TimeSpan.FromSeconds(60);

    public async Task DeliverAsync(DeliveryJob job, CancellationToken stopping, CancellationToken aborting)
    {
        for (int round = 0; !job.IsSettled; round++)
        {
            if (breaker?.RemainingPause is { } open && open > TimeSpan.Zero)
                await Task.Delay(open, time, stopping);
            DeliveryResult result = await retry.SendAsync(job, stopping, aborting);
            if (job.IsSettled)
                return;
            GiveUpTheOld(job, result);
            if (job.IsSettled)
                return;
            TimeSpan pause = PauseAfter(result, round);
            observer.RoundFailed(result, pause);
            await Task.Delay(pause, time, stopping);
        }
    }

    private TimeSpan PauseAfter(DeliveryResult result, int round)
    {
        if (result.Kind == FailureKind.Misconfigured)
        {
            TimeSpan grown = FirstMisconfiguredPause * Math.Pow(2, Math.Min(round, 10));
            return grown < LongestMisconfiguredPause ? grown : LongestMisconfiguredPause;
        }

        TimeSpan open = breaker?.RemainingPause ?? TimeSpan.Zero;
        return open > TimeSpan.Zero ? open : retry.Delay(result, options.Retry.MaxAttempts);
    }

    private void GiveUpTheOld(DeliveryJob job, DeliveryResult result)
    {
        if (options.GiveUpAfter is not { } limit)
            return;
        job.GiveUp(pending => age(pending) > limit, $"Not delivered within {limit}. Last failure: {result.Reason}");
    }
}
