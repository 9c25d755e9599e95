using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

[Promise("G15")]
public sealed class LaneStopTests
{
    [Theory]
    [InlineData(FailureKind.Transient)]
    [InlineData(FailureKind.Throttled)]
    [InlineData(FailureKind.Misconfigured)]
    public async Task Stop_ends_a_pause_between_two_rounds_and_leaves_the_cursor(FailureKind kind)
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector((_, _) => ValueTask.FromResult(DeliveryResult.Failed(kind, "no")));
        await using var lane = new LaneFixture(journal, connector, configure: OneAttempt);
        await JournalFolder.AppendAsync(journal, 1, 2);
        Task<bool> level = lane.LevelAsync(3);
        lane.Start();
        Assert.False(await level);

        // Nobody moves the clock, so only the stop itself can end the pause.
        await lane.StopAsync();

        Assert.Equal(new CursorState(1, 1, 0, 0, 0, 0), lane.Lane.Books);
        Assert.Equal(2ul, lane.Lane.Buffered);
        Assert.Single(connector.Calls);
        Assert.Empty(lane.Letters.Letters);
    }

    [Fact]
    public async Task Stop_ends_the_pause_before_dead_letters_are_written_again()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var box = new LaneFixture.LetterBox(() =>
        {
            failed.TrySetResult();
            throw new IOException("No space left on device");
        });
        var connector = new ScriptedConnector(DeliveryResult.Failed(FailureKind.Rejected, "no"));
        await using var lane = new LaneFixture(journal, connector, deadLetters: box);
        await JournalFolder.AppendAsync(journal, 1, 1);
        lane.Start();
        await failed.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        await lane.StopAsync();

        Assert.Equal(new CursorState(1, 1, 0, 0, 0, 0), lane.Lane.Books);
    }

    [Fact]
    public async Task After_a_stop_with_a_batch_half_settled_only_what_was_in_flight_comes_again()
    {
        using var folder = new JournalFolder();
        var before = new ScriptedConnector((batch, _) => ValueTask.FromResult(batch[0].Event.Sequence == 9
            ? DeliveryResult.Partial([new EventFailure(0, FailureKind.Transient, "busy"), new EventFailure(1, FailureKind.Rejected, "no")])
            : DeliveryResult.Delivered));
        await using (EventJournal journal = folder.Open())
        {
            await using var lane = new LaneFixture(journal, before, inFlight: 2, batch: 4, configure: OneAttempt);
            await JournalFolder.AppendAsync(journal, 1, 40);
            Task<bool> level = lane.LevelAsync(41);
            lane.Start();
            Assert.False(await level);
            await lane.StopAsync();
            Assert.Equal(new CursorState(1, 9, 8, 0, 0, 0), lane.Lane.Books);
            Assert.Empty(lane.Letters.Letters);
        }

        // The event that was refused before is refused again, and dies once.
        var after = new ScriptedConnector((batch, _) => ValueTask.FromResult(batch[0].Event.Sequence == 9
            ? DeliveryResult.Partial([new EventFailure(1, FailureKind.Rejected, "no")])
            : DeliveryResult.Delivered));
        await using EventJournal reopened = folder.Open();
        await using var second = new LaneFixture(reopened, after, inFlight: 2, batch: 4, configure: OneAttempt);
        second.Start();
        Assert.True(await second.LevelAsync(41));

        string[] sentBefore = [.. before.Calls.SelectMany(call => call.Split(' '))];
        string[] sentAfter = [.. after.Calls.SelectMany(call => call.Split(' '))];
        Assert.Equal(Enumerable.Range(9, 32).Select(number => $"e-{number}").Order(), sentAfter.Order());
        Assert.Empty(sentBefore.Intersect(sentAfter).Except(Enumerable.Range(9, 8).Select(number => $"e-{number}")));
        Assert.Equal(10ul, Assert.Single(second.Letters.Letters).Sequence);
        Assert.Equal(new CursorState(1, 41, 39, 0, 1, 0), second.Lane.Books);
    }

    [Fact]
    public async Task Stalled_destination_that_comes_back_gets_everything_and_its_lane_is_level()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector(DeliveryResult.Failed(FailureKind.Transient, "away"));
        await using var lane = new LaneFixture(journal, connector, configure: OneAttempt);
        await JournalFolder.AppendAsync(journal, 1, 2);
        Task<bool> first = lane.LevelAsync(3);
        lane.Start();
        Assert.False(await first);

        Task<bool> second = lane.LevelAsync(3);
        while (!second.IsCompleted)
        {
            if (await Task.WhenAny(second, lane.Time.WaitForTimersAsync(2)) != second)
                lane.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(await second);
        Assert.Equal(["e-1 e-2", "e-1 e-2"], connector.Calls);
    }

    private static DestinationOptions OneAttempt(DestinationOptions options) => options with { Retry = options.Retry with { MaxAttempts = 1 } };
}
