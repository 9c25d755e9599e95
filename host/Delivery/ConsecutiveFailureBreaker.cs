using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using Polly;

namespace AuditHost.Delivery;

/// <summary>
/// The circuit breaker of the integration design, which Polly's own (a failure ratio over a window) is not: so many failures in a row
/// open it, a pause follows, then a few calls try the water. One of them failing opens it again, all of them succeeding close it.
/// Only transient failures count: a destination that refuses or throttles is alive.
/// </summary>
internal sealed class ConsecutiveFailureBreaker(BreakerOptions options, TimeProvider time) : ResilienceStrategy<DeliveryResult>
{
    private readonly Lock _lock = new();
    private int _failures;
    private int _trialsUnderWay;
    private int _trialsPassed;
    private long _openedAt;

    public BreakerState State { get; private set; } = BreakerState.Closed;

    /// <summary>How long until the next call may try; zero unless open.</summary>
    public TimeSpan RemainingPause
    {
        get
        {
            lock (_lock)
                return State == BreakerState.Open ? Remaining() : TimeSpan.Zero;
        }
    }

    protected override async ValueTask<Outcome<DeliveryResult>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<DeliveryResult>>> callback, ResilienceContext context, TState state)
    {
        if (!TryEnter(out bool trial, out TimeSpan remaining))
            return Outcome.FromResult(DeliveryResult.Failed(FailureKind.Transient, "The circuit breaker is open.", remaining));
        Outcome<DeliveryResult> outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        Leave(trial, outcome);
        return outcome;
    }

    private bool TryEnter(out bool trial, out TimeSpan remaining)
    {
        lock (_lock)
        {
            trial = false;
            remaining = TimeSpan.Zero;
            if (State == BreakerState.Closed)
                return true;
            if (State == BreakerState.Open)
            {
                remaining = Remaining();
                if (remaining > TimeSpan.Zero)
                    return false;
                State = BreakerState.HalfOpen;
                _trialsPassed = 0;
            }

            if (_trialsUnderWay >= options.HalfOpenMaxCalls)
                return false;
            _trialsUnderWay++;
            trial = true;
            return true;
        }
    }

    private void Leave(bool trial, Outcome<DeliveryResult> outcome)
    {
        lock (_lock)
        {
            if (trial)
                _trialsUnderWay--;

            // A call that was cancelled by the host's stop says nothing about the destination.
            if (outcome.Exception is not null)
                return;
            bool failed = outcome.Result.Kind == FailureKind.Transient;
            if (failed && (trial || ++_failures >= options.FailureThreshold))
            {
                State = BreakerState.Open;
                _openedAt = time.GetTimestamp();
                _failures = 0;
            }
            else if (!failed)
            {
                _failures = 0;
                if (trial && ++_trialsPassed >= options.HalfOpenMaxCalls && State == BreakerState.HalfOpen)
                    State = BreakerState.Closed;
            }
        }
    }

    private TimeSpan Remaining()
    {
        TimeSpan remaining = options.Pause - time.GetElapsedTime(_openedAt);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
