using AuditHost.Configuration.Options;

namespace AuditHost;

/// <summary>
/// A token bucket that may go into debt: a large batch passes once and pays afterwards, so no batch is ever too large for the bucket.
/// The framework's limiter counts no time but the machine's and refuses more permits than its burst.
/// </summary>
internal sealed class TokenBucket
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _perSecond;
    private readonly double _burst;
    private double _tokens;
    private long _updatedAt;

    public TokenBucket(RateLimitOptions options, TimeProvider time)
    {
        _time = time;
        _perSecond = options.EventsPerSecond;
        _burst = options.Burst;
        _tokens = options.Burst;
        _updatedAt = time.GetTimestamp();
    }

    /// <summary>Takes tokens and says how long to wait before using them.</summary>
    public TimeSpan Take(int count)
    {
        lock (_lock)
        {
            Earn();
            _tokens -= count;
            return Debt();
        }
    }

    /// <summary>Takes tokens where there is no debt.</summary>
    /// <param name="count">How many.</param>
    /// <param name="debt">Otherwise, how long it lasts.</param>
    public bool TryTake(int count, out TimeSpan debt)
    {
        lock (_lock)
        {
            Earn();
            debt = Debt();
            if (debt > TimeSpan.Zero)
                return false;
            _tokens -= count;
            return true;
        }
    }

    private void Earn()
    {
        long now = _time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (_time.GetElapsedTime(_updatedAt, now).TotalSeconds * _perSecond));
        _updatedAt = now;
    }

    private TimeSpan Debt() => _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
}
