using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Lanes;
using AuditHost.Sdk;

namespace AuditHost.Tests.Delivery;

public sealed class DeliveryChainTests
{
    [Fact]
    public async Task A_batch_goes_out_once_with_its_framed_body()
    {
        var connector = new ScriptedConnector();
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(3));

        Assert.Equal(3, job.Delivered);
        Assert.Empty(pauses);
        Assert.Equal(["e1 e2 e3"], connector.Calls);
        Assert.Equal(["<e1>\n<e2>\n<e3>\n"], connector.Bodies);
        Assert.Equal(3, fixture.Statistics.DeliveredEvents);
    }

    [Theory]
    [InlineData(Framing.None, "<e1><e2>")]
    [InlineData(Framing.Newline, "<e1>\n<e2>\n")]
    [InlineData(Framing.JsonArray, "[<e1>,<e2>]")]
    [InlineData(Framing.OctetCount, "4 <e1>4 <e2>")]
    [InlineData(Framing.Nul, "<e1>\0<e2>\0")]
    public async Task Bodies_are_framed_the_same_whole_and_in_parts(Framing framing, string expected)
    {
        var connector = new ScriptedConnector(
            DeliveryResult.Partial([new EventFailure(1, FailureKind.Transient, "later"), new EventFailure(2, FailureKind.Transient, "later")]));
        using var fixture = new ChainFixture(connector, framing: framing);

        await fixture.DeliverAsync(fixture.Batch(Events.Numbered(9), Events.Numbered(1), Events.Numbered(2)));
        await fixture.DeliverAsync(fixture.Batch(2));

        Assert.Equal([expected, expected], connector.Bodies.Skip(1));
    }

    [Promise("G7")]
    [Fact]
    public async Task Only_the_offending_event_of_a_refused_batch_dies()
    {
        var connector = new ScriptedConnector((batch, _) => ValueTask.FromResult(
            Enumerable.Range(0, batch.Count).Any(i => batch[i].Event.Id.Equals("e6"u8))
                ? DeliveryResult.Failed(FailureKind.Rejected, "malformed").WithResponse(400, "field x")
                : DeliveryResult.Delivered));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(10));

        Assert.Equal(9, job.Delivered);
        Refusal refusal = Assert.Single(job.Refusals);
        Assert.Equal((5, DeathCause.Rejected, "malformed", 400, "field x"), (refusal.Index, refusal.Cause, refusal.Reason, refusal.Status!.Value, refusal.Response));
        Assert.Equal(["e1 e2 e3 e4 e5 e6 e7 e8 e9 e10", "e1 e2 e3 e4 e5", "e6 e7 e8 e9 e10", "e6 e7 e8", "e6 e7", "e6", "e7", "e8", "e9 e10"], connector.Calls);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_split_dies_as_a_whole()
    {
        var connector = new ScriptedConnector(DeliveryResult.Failed(FailureKind.Rejected, "no"));
        using var fixture = new ChainFixture(connector, splittable: false);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(3));

        Assert.Equal(3, job.Refusals.Count);
        Assert.Single(connector.Calls);
    }

    [Fact]
    public async Task Too_large_batches_are_halved_and_a_too_large_event_dies()
    {
        var connector = new ScriptedConnector((batch, _) => ValueTask.FromResult(
            batch.Count > 2 || batch[batch.Count - 1].Event.Id.Equals("e4"u8) ? DeliveryResult.Failed(FailureKind.TooLarge, "413") : DeliveryResult.Delivered));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(4));

        Assert.Equal(3, job.Delivered);
        Assert.Equal(DeathCause.TooLarge, Assert.Single(job.Refusals).Cause);
    }

    [Fact]
    public async Task After_a_partial_failure_only_the_retriable_events_go_out_again()
    {
        var connector = new ScriptedConnector(
            DeliveryResult.Partial(
            [
                new EventFailure(0, FailureKind.Transient, "busy"),
                new EventFailure(2, FailureKind.Rejected, "bad"),
                new EventFailure(3, FailureKind.Throttled, "slow"),
            ]));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, List<TimeSpan> pauses) = await fixture.DeliverAsync(fixture.Batch(5));

        Assert.Equal(["e1 e2 e3 e4 e5", "e1 e4"], connector.Calls);
        Assert.Equal(4, job.Delivered);
        Assert.Equal(2, Assert.Single(job.Refusals).Index);
        Assert.Single(pauses);
    }

    [Fact]
    public async Task An_event_refused_beside_an_index_outside_the_batch_is_booked_once()
    {
        var connector = new ScriptedConnector(
            DeliveryResult.Partial([new EventFailure(0, FailureKind.Rejected, "bad"), new EventFailure(7, FailureKind.Rejected, "?")]));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(2));

        Assert.Equal((2, 0), (job.Delivered, job.Refusals.Count));
    }

    [Fact]
    public async Task A_partial_failure_with_an_index_outside_the_batch_sends_all_of_it_again()
    {
        var connector = new ScriptedConnector(DeliveryResult.Partial([new EventFailure(7, FailureKind.Rejected, "?")]));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(2));

        Assert.Equal(["e1 e2", "e1 e2"], connector.Calls);
        Assert.Empty(job.Refusals);
        Assert.Equal(2, job.Delivered);
    }

    [Fact]
    public async Task An_event_that_cannot_be_rendered_dies_and_the_others_go_on()
    {
        var connector = new ScriptedConnector();
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(Events.Parse("""{"event_id":"unrenderable"}"""), Events.Numbered(2)));

        Assert.Equal(["<e2>\n"], connector.Bodies);
        Assert.Equal((DeathCause.Unrenderable, "cannot be said"), (job.Refusals[0].Cause, job.Refusals[0].Reason));
    }

    [Fact]
    public async Task A_body_that_cannot_be_rendered_is_halved_until_the_offending_event_is_alone()
    {
        var connector = new ScriptedConnector();
        using var fixture = new ChainFixture(connector, body: new IdBody());

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(Events.Numbered(1), Events.Parse("""{"event_id":"unsayable"}"""), Events.Numbered(3)));

        Assert.Equal(["[e1]", "[e3]"], connector.Bodies);
        Assert.Equal((DeathCause.Unrenderable, "cannot be said"), (job.Refusals[0].Cause, job.Refusals[0].Reason));
        Assert.Equal((2, 2), (job.Attempts, job.Delivered));
    }

    [Fact]
    public async Task Events_of_a_batch_that_failed_in_part_count_as_sent()
    {
        var connector = new ScriptedConnector(DeliveryResult.Partial([new EventFailure(0, FailureKind.Transient, "busy"), new EventFailure(2, FailureKind.Rejected, "no")]));
        using var fixture = new ChainFixture(connector);

        (DeliveryJob job, _) = await fixture.DeliverAsync(fixture.Batch(5));

        Assert.Equal(4, job.Delivered);
        Assert.Equal((4, 2, 1), (fixture.Statistics.DeliveredEvents, fixture.Statistics.Attempts, fixture.Statistics.FailedAttempts));
    }

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
    [Theory]
    [InlineData(7, 7, 7.7)]
    [InlineData(3600, 900, 990)]
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
