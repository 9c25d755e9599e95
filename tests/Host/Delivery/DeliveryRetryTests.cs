using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

/// <summary>What the chain does when a destination is away, busy, slow or misconfigured: attempts, pauses, breaker, limits, ages.</summary>
public sealed class DeliveryRetryTests
{
    [Promise("G9")]
    [Fact]
    public async Task Back_off_grows_within_its_bounds_and_rounds_follow_without_end()
    {
        int calls = 0;
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(
            ++calls <= 12 ? DeliveryResult.Failed(FailureKind.Transient, "away") : DeliveryResult.Delivered));
        using var fixture = new ChainFixture(connector, options => options with
        {
            Retry = new RetryOptions { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(4), Multiplier = 2, MaxAttempts = 5 },
        });

        (DeliveryJob job, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(1));

        Assert.Equal(1, job.Delivered);
        Assert.Equal(12, pauses.Count);
        double[] ceilings = [1, 2, 4, 4];
        Assert.All(pauses.Take(4).Zip(ceilings), pair => Assert.InRange(pair.First.TotalSeconds, 0.05 * pair.Second, pair.Second));
        Assert.All(pauses, pause => Assert.InRange(pause.TotalSeconds, 0.05, 4));
        Assert.Empty(job.Refusals);
    }

    [Promise("G9")]
    [Fact]
    public async Task Pauses_between_rounds_grow_up_to_the_longest_delay()
    {
        int calls = 0;
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(
            ++calls <= 6 ? DeliveryResult.Failed(FailureKind.Throttled, "429") : DeliveryResult.Delivered));
        using var fixture = new ChainFixture(connector, options => options with
        {
            Retry = new RetryOptions { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(40), Multiplier = 2, MaxAttempts = 1 },
        });

        (_, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(1));

        double[] ceilings = [2, 4, 8, 16, 32, 40];
        Assert.All(pauses.Zip(ceilings), pair => Assert.InRange(pair.First.TotalSeconds, 0.05 * pair.Second, pair.Second));
        Assert.Equal(ceilings.Length, pauses.Count);
    }

    [Promise("G9")]
    [Theory]
    [InlineData(7, 7, 7.7)]
    [InlineData(880, 880, 900)]
    [InlineData(3600, 810, 900)]
    public async Task A_destination_that_names_a_time_is_asked_then_and_not_before(int seconds, double least, double most)
    {
        var connector = new ScriptedConnector(DeliveryResult.Failed(FailureKind.Throttled, "429", TimeSpan.FromSeconds(seconds)));
        using var fixture = new ChainFixture(connector);

        (_, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(1));

        Assert.InRange(Assert.Single(pauses).TotalSeconds, least, most);
    }

    [Promise("G7", "G9")]
    [Fact]
    public async Task A_misconfigured_destination_is_tried_slowly_and_loses_nothing()
    {
        DeliveryResult unauthorized = DeliveryResult.Failed(FailureKind.Misconfigured, "401");
        var connector = new ScriptedConnector(unauthorized, unauthorized, unauthorized, unauthorized, unauthorized, unauthorized);
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(1), maxPauses: 5);
        Assert.Equal(DestinationHealth.Misconfigured, fixture.Watch.Health);
        Assert.Empty(job.Refusals);

        Assert.Equal([5, 10, 20, 40, 60], pauses.Select(pause => pause.TotalSeconds));
    }

    [Promise("G9")]
    [Fact]
    public async Task The_breaker_opens_after_consecutive_failures_and_closes_after_its_trial_calls()
    {
        bool up = false;
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(up ? DeliveryResult.Delivered : DeliveryResult.Failed(FailureKind.Transient, "away")));
        using var fixture = new ChainFixture(connector, options => options with
        {
            Retry = new RetryOptions { MaxAttempts = 10 },
            Breaker = new BreakerOptions { FailureThreshold = 3, Pause = TimeSpan.FromSeconds(60), HalfOpenMaxCalls = 2 },
        });

        await fixture.DeliverAsync(fixture.Batch(1), maxPauses: 2);
        await fixture.Time.WaitForTimersAsync();

        Assert.Equal(3, connector.Calls.Count);
        Assert.Equal(BreakerState.Open, fixture.Chain.Breaker!.State);
        fixture.Stop();
        Assert.Equal(60, fixture.Chain.Breaker.RemainingPause.TotalSeconds);

        up = true;
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        await fixture.DeliverAsync(fixture.Batch(1));
        Assert.Equal(BreakerState.HalfOpen, fixture.Chain.Breaker.State);
        await fixture.DeliverAsync(fixture.Batch(1));
        Assert.Equal(BreakerState.Closed, fixture.Chain.Breaker.State);
    }

    [Fact]
    public async Task Refusals_and_throttling_do_not_open_the_breaker()
    {
        var connector = new ScriptedConnector(
            DeliveryResult.Failed(FailureKind.Transient, "x"),
            DeliveryResult.Failed(FailureKind.Throttled, "x"),
            DeliveryResult.Failed(FailureKind.Transient, "x"),
            DeliveryResult.Failed(FailureKind.Rejected, "x"));
        using var fixture = new ChainFixture(connector, options => options with { Breaker = new BreakerOptions { FailureThreshold = 2 } });

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(1));

        Assert.Single(job.Refusals);
        Assert.Equal(BreakerState.Closed, fixture.Chain.Breaker!.State);
    }

    [Fact]
    public async Task An_attempt_past_its_deadline_counts_as_transient()
    {
        int calls = 0;
        var connector = new ScriptedConnector(async (_, token) =>
        {
            if (++calls == 1)
                await Task.Delay(Timeout.Infinite, token);
            return DeliveryResult.Delivered;
        });
        using var fixture = new ChainFixture(connector, options => options with { Timeout = TimeSpan.FromSeconds(30) });

        (DeliveryJob job, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(1));

        Assert.Equal(1, job.Delivered);
        Assert.Equal(30, pauses[0].TotalSeconds);
        Assert.Equal("No answer within 30 s.", fixture.Statistics.LastError);
    }

    [Promise("G9")]
    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task Exceptions_are_retried_and_secrets_in_them_never_show(Type type)
    {
        int calls = 0;
        var connector = new ScriptedConnector((_, _) => ++calls == 1
            ? throw (Exception)Activator.CreateInstance(type, "failed with s3cret")!
            : ValueTask.FromResult(DeliveryResult.Delivered));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(1));

        Assert.Equal(1, job.Delivered);
        Assert.EndsWith("failed with ***", fixture.Statistics.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rate_limit_lets_the_burst_through_and_then_the_rate()
    {
        var connector = new ScriptedConnector();
        using var fixture = new ChainFixture(connector, options => options with { RateLimit = new RateLimitOptions { EventsPerSecond = 10, Burst = 20 } });

        (_, List<TimeSpan> burst) = await fixture.DeliverAsync(fixture.Batch(20));
        (_, List<TimeSpan> limited) = await fixture.DeliverAsync(fixture.Batch(20));

        Assert.Empty(burst);
        Assert.Equal(2, Assert.Single(limited).TotalSeconds, precision: 6);
    }

    [Fact]
    public async Task What_is_too_old_is_given_up_where_the_site_wants_it()
    {
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(FailureKind.Transient, "away")));
        using var fixture = new ChainFixture(connector, options => options with { GiveUpAfter = TimeSpan.FromMinutes(1) });

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(2), maxPauses: 1000);

        Assert.Equal([DeathCause.GivenUp, DeathCause.GivenUp], job.Refusals.Select(refusal => refusal.Cause));
        Assert.True(job.IsSettled);
    }

    [Theory]
    [InlineData(3650)]
    [InlineData(-3650)]
    public async Task Date_that_is_changed_makes_no_event_too_old(int days)
    {
        int calls = 0;
        ChainFixture fixture = null!;
        var connector = new ScriptedConnector((_, _) =>
        {
            fixture.Time.DateOffset = TimeSpan.FromDays(days);
            return ValueTask.FromResult(++calls < 10 ? DeliveryResult.Failed(FailureKind.Transient, "away") : DeliveryResult.Delivered);
        });
        fixture = new ChainFixture(connector, options => options with { GiveUpAfter = TimeSpan.FromDays(1) });

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(2));

        Assert.Equal(2, job.Delivered);
        fixture.Dispose();
    }

    [Promise("G15")]
    [Fact]
    public async Task A_stop_ends_the_wait_and_leaves_the_events_pending()
    {
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(FailureKind.Transient, "away")));
        using var fixture = new ChainFixture(connector);
        using var stop = new CancellationTokenSource();
        var job = new DeliveryJob(fixture.Batch(2));

        Task delivery = fixture.Chain.DeliverAsync(job, stop.Token, CancellationToken.None);
        await fixture.Time.WaitForTimersAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        Assert.Equal(2, job.PendingCount);
    }
}
