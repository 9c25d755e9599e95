using AuditHost.Delivery;
using AuditHost.Sdk;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes;

/// <summary>Keeps a lane's statistics and health, and logs when the health changes rather than at every failure.</summary>
internal sealed class DeliveryWatch(
    LaneStatistics statistics, DeliveryHistograms histograms, Func<string, string> redact, TimeProvider time, ILogger logger) : IDeliveryObserver
{
    private readonly Lock _lock = new();

    public DestinationHealth Health { get; private set; } = DestinationHealth.Starting;

    /// <summary>Called after each failed round, for whoever waits for a lane to become level.</summary>
    public event Action? Stalled;

    public long AttemptStarted() => time.GetTimestamp();

    public DeliveryResult AttemptEnded(EventBatch batch, DeliveryResult result, long startedAt)
    {
        TimeSpan duration = time.GetElapsedTime(startedAt);
        statistics.Attempt(duration, failed: !result.IsDelivered);
        histograms.RecordSend(duration);
        DateTimeOffset now = time.GetUtcNow();
        int delivered = OutcomeMap.DeliveredOf(result, batch.Count);
        if (delivered > 0)
            statistics.Success(delivered, batch.Body.IsEmpty ? PayloadBytes(batch) : batch.Body.Length, now);
        if (!result.IsDelivered)
        {
            DeliveryResult clean = Redacted(result);
            statistics.Failure(ReasonOf(clean), now);
            return clean;
        }

        histograms.RecordLatency(now - batch[0].Event.ReceivedAt);
        SetHealth(DestinationHealth.Healthy, null, TimeSpan.Zero);
        return result;
    }

    public void RoundFailed(DeliveryResult result, TimeSpan pause)
    {
        SetHealth(
            result.Kind switch
            {
                FailureKind.Misconfigured => DestinationHealth.Misconfigured,
                FailureKind.Throttled => DestinationHealth.Throttled,
                _ => DestinationHealth.Retrying,
            },
            result.Reason,
            pause);
        Stalled?.Invoke();
    }

    /// <summary>Dead letters can be written again.</summary>
    public void BurialSucceeded() => SetHealth(DestinationHealth.Healthy, null, TimeSpan.Zero);

    public void Started() => SetHealth(DestinationHealth.Healthy, null, TimeSpan.Zero);

    public void StartFailed(string reason, TimeSpan pause)
    {
        string clean = redact(reason);
        statistics.Failure(clean, time.GetUtcNow());
        logger.LogWarning("Not started yet: {Reason} Trying again in {Pause:0.#} s.", clean, pause.TotalSeconds);
        Stalled?.Invoke();
    }

    /// <summary>The lane itself failed and stands still.</summary>
    public void Broke(string reason)
    {
        statistics.Failure(redact(reason), time.GetUtcNow());
        lock (_lock)
            Health = DestinationHealth.Broken;
    }

    private void SetHealth(DestinationHealth health, string? reason, TimeSpan pause)
    {
        if (Health == health)
            return;
        DestinationHealth before;
        lock (_lock)
        {
            before = Health;
            if (before == DestinationHealth.Broken)
                return;
            Health = health;
        }

        if (before == health)
            return;
        if (health != DestinationHealth.Healthy)
            logger.LogWarning("{Health}: {Reason} Events wait in the journal; trying again in {Pause:0.#} s.", health, reason, pause.TotalSeconds);
        else if (before != DestinationHealth.Starting)
            logger.LogInformation("Healthy again after {Before}.", before);
    }

    private DeliveryResult Redacted(DeliveryResult result)
    {
        DeliveryResult clean = result.Failures is { } failures
            ? DeliveryResult.Partial([.. failures.Select(failure => failure with { Reason = redact(failure.Reason) })], result.RetryAfter)
            : DeliveryResult.Failed(result.Kind, redact(result.Reason ?? string.Empty), result.RetryAfter);
        clean = clean.WithResponse(result.Status, result.Response is { } response ? redact(response) : null).WithAcknowledgement(result.AcknowledgementId);
        return result.AcknowledgementIds is { } ids ? clean.WithAcknowledgements(ids) : clean;
    }

    private static string ReasonOf(DeliveryResult result) => result.Failures is { } failures
        ? $"{failures.Count} of the batch failed, the first with: {failures[0].Reason}"
        : result.Reason ?? result.Kind.ToString();

    private static long PayloadBytes(EventBatch batch)
    {
        long bytes = 0;
        for (int i = 0; i < batch.Count; i++)
            bytes += batch[i].Payload.Length;
        return bytes;
    }
}
