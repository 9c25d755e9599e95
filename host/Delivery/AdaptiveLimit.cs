using System.Numerics;
using AuditHost.Sdk;

namespace AuditHost.Delivery;

/// <summary>
/// How many calls a destination may have under way: additive increase while they succeed about as fast as they ever did, multiplicative
/// decrease where it throttles, does not answer in time or takes much longer than it used to. Begins at the most, so that a destination
/// which keeps up never notices it. Durations are compared among batches of about the same size, never across sizes.
/// </summary>
/// <param name="most">The upper bound.</param>
/// <param name="timeout">How long a call may take; one that failed after it had no answer.</param>
/// <param name="time">The clock.</param>
internal sealed class AdaptiveLimit(int most, TimeSpan timeout, TimeProvider time)
{
    /// <summary>What is left after throttling or no answer, and after a mere slowing down.</summary>
    private const double Refused = 0.5;
    private const double Slowed = 0.8;

    /// <summary>By how much longer than at the best calls may take on the average: below it the limit grows, above it shrinks.</summary>
    private const double Far = 2;

    /// <summary>Differences that small are the machine's, not the destination's.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly CallDurations?[] _sizes = new CallDurations?[BitOperations.Log2(int.MaxValue) + 1];
    private double _limit = most;
    private int _underWay;
    private long _decreasedAt = long.MinValue;

    public int Most => most;

    /// <summary>The limit now: at least 1.</summary>
    public int Current
    {
        get
        {
            lock (_lock)
                return (int)_limit;
        }
    }

    /// <summary>Begins a call where there is a place for it.</summary>
    /// <param name="startedAt">To hand to <see cref="Leave"/>.</param>
    public bool TryEnter(out long startedAt)
    {
        lock (_lock)
        {
            startedAt = time.GetTimestamp();
            if (_underWay >= (int)_limit)
                return false;
            _underWay++;
            return true;
        }
    }

    /// <summary>Ends a call.</summary>
    /// <param name="startedAt">When it began.</param>
    /// <param name="events">The size of its batch.</param>
    /// <param name="result">What the destination said; <see langword="null"/> where the call was given up and says nothing.</param>
    public void Leave(long startedAt, int events, DeliveryResult? result)
    {
        lock (_lock)
        {
            int together = _underWay--;
            if (result is not { } said)
                return;
            TimeSpan duration = time.GetElapsedTime(startedAt);
            if (said.Kind == FailureKind.Throttled || (said.Kind == FailureKind.Transient && duration >= timeout))
                Decrease(startedAt, Refused);
            else if (said.IsDelivered)
                Adapt(startedAt, Durations(events), duration, together);
        }
    }

    /// <summary>Only calls that filled all places say anything about whether more would do.</summary>
    private void Adapt(long startedAt, CallDurations durations, TimeSpan duration, int together)
    {
        durations.Add(duration, alone: together == 1);
        if (durations.Exceeds(Far, Noise))
            Decrease(startedAt, Slowed);
        else if (together >= (int)_limit)
            _limit = Math.Min(most, _limit + (1 / _limit));
    }

    /// <summary>Once for each round trip: calls that began before a decrease say nothing about the limit after it.</summary>
    private void Decrease(long startedAt, double factor)
    {
        if (startedAt < _decreasedAt)
            return;
        _decreasedAt = time.GetTimestamp();
        _limit = Math.Max(1, _limit * factor);
    }

    private CallDurations Durations(int events) => _sizes[BitOperations.Log2((uint)Math.Max(1, events))] ??= new CallDurations();
}
