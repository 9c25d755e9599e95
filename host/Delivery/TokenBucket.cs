using AuditHost.Configuration.Options;

namespace AuditHost.Delivery;

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
            long now = _time.GetTimestamp();
            double earned = _time.GetElapsedTime(_updatedAt, now).TotalSeconds * _perSecond;
            _tokens = Math.Min(_burst, _tokens + earned) - count;
            _updatedAt = now;
            return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / _perSecond);
        }
    }
}
