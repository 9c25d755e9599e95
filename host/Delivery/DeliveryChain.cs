using AuditHost.Configuration.Options;
using AuditHost.Lanes;
using AuditHost.Sdk;
using Microsoft.Extensions.Logging;

namespace AuditHost.Delivery;

/// <summary>
/// Everything between a lane and its connector, from the outside in: rounds without end, retry, split, breaker, rate limit, the
/// destination's own concurrency, the host-wide cap, observation, timeout. This is the one place where the order stands.
/// </summary>
internal sealed class DeliveryChain
{
    private readonly RoundSender _rounds;
    private readonly RetrySender _retry;

    public DeliveryChain(
        DestinationOptions options,
        IConnector connector,
        ConnectorInfo info,
        int maxInFlight,
        BatchRenderer renderer,
        DeliveryPlaces places,
        IDeliveryObserver observer,
        TimeProvider time,
        ILogger logger,
        Random? random = null)
    {
        Breaker = options.Breaker.Enabled ? new ConsecutiveFailureBreaker(options.Breaker, time) : null;

        ISender sender = new ConnectorSender(connector);
        sender = new TimeoutSender(sender, options.Timeout, time, logger);
        sender = new ObservedSender(sender, observer);
        sender = new ConcurrencySender(sender, places);
        sender = new ConcurrencySender(sender, new DeliveryPlaces(maxInFlight));
        if (options.RateLimit is { } limit)
            sender = new RateLimitSender(sender, limit, time);
        if (Breaker is { } breaker)
            sender = new BreakerSender(sender, breaker);
        var split = new SplitSender(sender, renderer, info.Splittable);
        _retry = new RetrySender(split, options.Retry, Breaker, time, random ?? Random.Shared);
        _rounds = new RoundSender(_retry, options, Breaker, observer, time);
    }

    /// <summary>The destination's breaker; <see langword="null"/> where it is switched off.</summary>
    public ConsecutiveFailureBreaker? Breaker { get; }

    /// <summary>Works at a job until each of its events is delivered or refused for good.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stopping">Ends the waits; the attempt under way may still finish.</param>
    /// <param name="aborting">Ends the attempt under way.</param>
    /// <exception cref="OperationCanceledException">The host stopped first; what is pending stays in the journal.</exception>
    public Task DeliverAsync(DeliveryJob job, CancellationToken stopping, CancellationToken aborting) =>
        _rounds.DeliverAsync(job, stopping, aborting);

    /// <summary>Works at a job for one round: what is still pending then stays pending.</summary>
    /// <returns>Delivered when the job is settled, else the last failure.</returns>
    public ValueTask<DeliveryResult> DeliverOnceAsync(DeliveryJob job, CancellationToken cancellationToken) =>
        _retry.SendAsync(job, cancellationToken, cancellationToken);

    /// <summary>The destination's own back-off, for what is tried again outside of a delivery.</summary>
    public TimeSpan BackOff(DeliveryResult result, int attempt) => _retry.Delay(result, attempt);
}
