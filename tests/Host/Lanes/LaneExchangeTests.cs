using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

/// <summary>A lane that goes on with another connector, as a plugin's new version brings it: nothing is lost, and the books balance.</summary>
[Promise("G2")]
public sealed class LaneExchangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Idle_lane_goes_on_with_the_new_connector_and_repeats_nothing()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var former = new ScriptedConnector();
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, former);
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        Assert.True(await lane.LevelAsync(3));

        await lane.Lane.ExchangeAsync(lane.With(next)).WaitAsync(JournalFolder.Patience, Stop);
        await JournalFolder.AppendAsync(journal, 3, 2);
        Assert.True(await lane.LevelAsync(5));

        Assert.Equal(["e-1", "e-2"], Sent(former));
        Assert.Equal(["e-3", "e-4"], Sent(next));
        AssertSettled(lane, 4);
    }

    [Fact]
    public async Task Attempt_under_way_may_finish_and_is_not_repeated()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var call = new Call();
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, new ScriptedConnector(call.AnswerAsync));
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        await call.Begun.WaitAsync(JournalFolder.Patience, Stop);

        Task exchanged = lane.Lane.ExchangeAsync(lane.With(next));
        await JournalFolder.AppendAsync(journal, 3, 2);
        Assert.False(exchanged.IsCompleted);
        call.Answer(DeliveryResult.Delivered);
        await exchanged.WaitAsync(JournalFolder.Patience, Stop);
        Assert.True(await lane.LevelAsync(5));

        Assert.Equal(["e-3", "e-4"], Sent(next));
        AssertSettled(lane, 4);
    }

    [Fact]
    public async Task Attempt_that_never_ends_is_given_up_after_its_timeout_and_sent_again_by_the_new_connector()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var call = new Call(deaf: true);
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, new ScriptedConnector(call.AnswerAsync));
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        await call.Begun.WaitAsync(JournalFolder.Patience, Stop);

        Task exchanged = lane.Lane.ExchangeAsync(lane.With(next));
        while (!exchanged.IsCompleted)
        {
            await lane.Time.WaitForTimersAsync();
            lane.Time.AdvanceToNextTimer();
            await Task.Yield();
        }

        Assert.True(await lane.LevelAsync(3));

        Assert.Equal(["e-1", "e-2"], Sent(next));
        AssertSettled(lane, 2);
        call.Answer(DeliveryResult.Delivered);
    }

    [Fact]
    public async Task Delivery_that_only_waits_for_a_further_attempt_goes_to_the_new_connector_at_once()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var call = new Call();
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, new ScriptedConnector(call.AnswerAsync));
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        await call.Begun.WaitAsync(JournalFolder.Patience, Stop);
        call.Answer(DeliveryResult.Failed(FailureKind.Transient, "Away."));

        // The clock stands still, so nothing but the exchange can end the back-off.
        await lane.Lane.ExchangeAsync(lane.With(next)).WaitAsync(JournalFolder.Patience, Stop);
        Assert.True(await lane.LevelAsync(3));

        Assert.Equal(["e-1", "e-2"], Sent(next));
        AssertSettled(lane, 2);
    }

    [Fact]
    public async Task Batch_that_was_delivered_behind_a_stuck_one_counts_and_is_sent_again_with_it()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var first = new Call();
        var second = new TaskCompletionSource();
        var former = new ScriptedConnector(async (batch, token) =>
        {
            if (batch[0].Event.Sequence == 1)
                return await first.AnswerAsync(batch, token);
            second.SetResult();
            return DeliveryResult.Delivered;
        });
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, former, inFlight: 2, batch: 2);
        await JournalFolder.AppendAsync(journal, 1, 4);
        lane.Start();
        await first.Begun.WaitAsync(JournalFolder.Patience, Stop);
        await second.Task.WaitAsync(JournalFolder.Patience, Stop);
        first.Answer(DeliveryResult.Failed(FailureKind.Transient, "Away."));

        await lane.Lane.ExchangeAsync(lane.With(next)).WaitAsync(JournalFolder.Patience, Stop);
        Assert.True(await lane.LevelAsync(5));

        // Both batches may be under way at a time, in any order.
        Assert.Equal(["e-1", "e-2", "e-3", "e-4"], Sent(next).Order(StringComparer.Ordinal));
        Assert.Equal(6ul, lane.Lane.Books.Delivered);
        lane.AssertBalanced();
    }

    [Fact]
    public async Task Connector_that_does_not_start_is_exchanged_for_one_that_does()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var begun = new TaskCompletionSource();
        var former = new ScriptedConnector
        {
            Start = async token =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, former);
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, Stop);

        await lane.Lane.ExchangeAsync(lane.With(next)).WaitAsync(JournalFolder.Patience, Stop);
        Assert.True(await lane.LevelAsync(3));

        Assert.Empty(former.Calls);
        Assert.Equal(["e-1", "e-2"], Sent(next));
    }

    [Fact]
    public async Task Lane_that_does_not_run_yet_begins_with_the_new_connector()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var former = new ScriptedConnector();
        var next = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, former);
        await JournalFolder.AppendAsync(journal, 1, 1);

        await lane.Lane.ExchangeAsync(lane.With(next)).WaitAsync(JournalFolder.Patience, Stop);
        lane.Start();
        Assert.True(await lane.LevelAsync(2));

        Assert.Empty(former.Calls);
        Assert.Equal(["e-1"], Sent(next));
    }

    [Fact]
    public async Task Lane_that_has_ended_refuses()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector());
        lane.Start();
        await lane.StopAsync();

        Assert.Throws<InvalidOperationException>(() => { _ = lane.Lane.ExchangeAsync(lane.With(new ScriptedConnector())); });
    }

    private static IEnumerable<string> Sent(ScriptedConnector connector) => connector.Calls.SelectMany(call => call.Split(' '));

    private static void AssertSettled(LaneFixture lane, ulong events)
    {
        Assert.Equal((events, 0ul), (lane.Lane.Books.Delivered, lane.Lane.Buffered));
        lane.AssertBalanced();
    }

    /// <summary>One call of a connector, which the test answers.</summary>
    private sealed class Call(bool deaf = false)
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<DeliveryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Answer(DeliveryResult result) => _answer.SetResult(result);

        public async ValueTask<DeliveryResult> AnswerAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            _begun.TrySetResult();
            return await _answer.Task.WaitAsync(deaf ? CancellationToken.None : cancellationToken);
        }
    }
}
