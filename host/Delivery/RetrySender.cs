using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using Polly;
using Polly.Retry;

namespace AuditHost.Delivery;

/// <summary>
/// One round of attempts at a job: exponential back-off with full jitter, or what the destination asks for. The round ends early
/// where more attempts cannot help: the breaker is open, or the destination is misconfigured.
/// </summary>
internal sealed class RetrySender
{
    /// <summary>The longest wait a destination may ask for; a larger wish is an error or an attack.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(15);

    private readonly SplitSender _next;
    private readonly RetryOptions _options;
    private readonly Random _random;
    private readonly ResiliencePipeline<DeliveryResult> _pipeline;

    public RetrySender(SplitSender next, RetryOptions options, ConsecutiveFailureBreaker? breaker, TimeProvider time, Random random)
    {
        _next = next;
        _options = options;
        _random = random;
        var builder = new ResiliencePipelineBuilder<DeliveryResult> { TimeProvider = time };
        if (options.MaxAttempts > 1)
            builder.AddRetry(new RetryStrategyOptions<DeliveryResult>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result.Kind is FailureKind.Transient or FailureKind.Throttled && breaker?.State is not BreakerState.Open),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Delay(attempt.Outcome.Result, attempt.AttemptNumber)),
            });
        _pipeline = builder.Build();
    }

    /// <summary>Runs one round.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stopping">Ends the waits between attempts.</param>
    /// <param name="aborting">Ends the attempt under way.</param>
    /// <returns>Delivered when the job is settled, else the last failure.</returns>
    public ValueTask<DeliveryResult> SendAsync(DeliveryJob job, CancellationToken stopping, CancellationToken aborting) =>
        _pipeline.ExecuteInContextAsync(
            static (call, _) => call.Next.SendAsync(call.Job, call.Aborting), (Next: _next, Job: job, Aborting: aborting), stopping);

    /// <summary>How long to wait after a failed attempt; attempts count from 0.</summary>
    public TimeSpan Delay(DeliveryResult result, int attempt)
    {
        if (result.RetryAfter is { } wish && wish > TimeSpan.Zero)
        {
            TimeSpan bounded = wish < LongestRetryAfter ? wish : LongestRetryAfter;
            return bounded * (1 + (0.1 * _random.NextDouble()));
        }

        double ceiling = Math.Min(
            _options.MaxDelay.TotalMilliseconds, _options.InitialDelay.TotalMilliseconds * Math.Pow(_options.Multiplier, attempt));

        // Full jitter spreads the senders that failed together; never quite zero, which would be no back-off at all.
        return TimeSpan.FromMilliseconds(ceiling * (0.05 + (0.95 * _random.NextDouble())));
    }
}
