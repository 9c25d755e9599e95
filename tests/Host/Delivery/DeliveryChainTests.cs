using AuditHost.Delivery;
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
}
