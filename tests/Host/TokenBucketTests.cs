using AuditHost.Configuration.Options;

namespace AuditHost.Tests;

public sealed class TokenBucketTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Burst_passes_at_once_and_what_follows_waits_for_the_rate()
    {
        TokenBucket bucket = Bucket(perSecond: 10, burst: 20);

        double[] waits = [Take(bucket, 15), Take(bucket, 5), Take(bucket, 1), Take(bucket, 4)];

        Assert.Equal([0, 0, 0.1, 0.5], waits);
    }

    [Fact]
    public void Batch_larger_than_the_burst_passes_and_later_ones_pay_for_it()
    {
        TokenBucket bucket = Bucket(perSecond: 10, burst: 5);

        Assert.Equal(9.5, Take(bucket, 100));
        _time.Advance(TimeSpan.FromSeconds(9.5));
        Assert.Equal(0.1, Take(bucket, 1));
    }

    [Fact]
    public void Who_will_not_wait_takes_nothing_while_there_is_a_debt()
    {
        TokenBucket bucket = Bucket(perSecond: 10, burst: 5);

        Assert.True(bucket.TryTake(25, out _));
        Assert.False(bucket.TryTake(1, out TimeSpan debt));
        Assert.Equal(TimeSpan.FromSeconds(2), debt);
        _time.Advance(debt);
        Assert.True(bucket.TryTake(1, out _));
    }

    [Fact]
    public void Idle_time_earns_no_more_than_the_burst()
    {
        TokenBucket bucket = Bucket(perSecond: 10, burst: 20);
        Take(bucket, 20);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, Take(bucket, 20));
        Assert.Equal(1, Take(bucket, 10));
    }

    [Fact]
    public void Tokens_come_back_with_time_also_in_small_steps()
    {
        TokenBucket bucket = Bucket(perSecond: 10, burst: 1);
        Take(bucket, 1);
        for (int step = 0; step < 10; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Take(bucket, 0);
        }

        Assert.Equal(0, Take(bucket, 1), precision: 6);
        Assert.Equal(0.1, Take(bucket, 1), precision: 6);
    }

    private static double Take(TokenBucket bucket, int count) => bucket.Take(count).TotalSeconds;

    private TokenBucket Bucket(int perSecond, int burst) => new(new RateLimitOptions { EventsPerSecond = perSecond, Burst = burst }, _time);
}
