using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>Pushes after every batch, and no more often than a target should be asked to: small batches wait, and grow behind it.</summary>
/// <param name="targets">What is pushed to.</param>
/// <param name="interval">The least time between two pushes.</param>
/// <param name="time">The clock.</param>
internal sealed class PushSchedule(IReadOnlyList<IPushTarget> targets, TimeSpan interval, TimeProvider time)
{
    /// <summary>A batch of so many events is pushed at once: under load they are large, and so pushes are few.</summary>
    public const int LargeBatch = 1000;

    private long? _last;

    /// <exception cref="SettingsException">The interval cannot be one.</exception>
    public static PushSchedule Create(IReadOnlyList<IPushTarget> targets, double seconds, TimeProvider time) => seconds is >= 0 and <= 10
        ? new PushSchedule(targets, TimeSpan.FromSeconds(seconds), time)
        : throw new SettingsException("push_interval_seconds", "Expected 0 to 10: a batch waits for it, within the destination's timeout");

    /// <summary>Pushes the state that a batch has just been counted into.</summary>
    /// <param name="events">How many events the batch has.</param>
    /// <param name="cancellationToken">Carries the deadline.</param>
    /// <returns>The first failure, or delivered.</returns>
    public async ValueTask<DeliveryResult> PushAsync(int events, CancellationToken cancellationToken)
    {
        if (_last is { } last && events < LargeBatch && interval - time.GetElapsedTime(last) is { Ticks: > 0 } wait)
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = default;
        foreach (IPushTarget target in targets)
        {
            result = await target.PushAsync(cancellationToken).ConfigureAwait(false);
            if (!result.IsDelivered)
                return result;
        }

        // A push that failed is not counted: the host decides when the next attempt comes.
        _last = time.GetTimestamp();
        return result;
    }
}
