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
        : this(options.EventsPerSecond, options.Burst, time)
    {
    }

    /// <param name="perSecond">How many tokens there are a second.</param>
    /// <param name="burst">The most that are kept.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double perSecond, int burst, TimeProvider time)
    {
        _time = time;
        _perSecond = perSecond;
        _burst = burst;
        _tokens = burst;
        _updatedAt = time.GetTimestamp();
    }

    /// <summary>The whole tokens there are; negative where there is a debt.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                Earn();
                return (int)Math.Floor(_tokens);
            }
        }
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
