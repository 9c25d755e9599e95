using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

[Promise("G2")]
public sealed class LaneTests
{
    private readonly TaskCompletionSource _gate = NewSignal();

    [Fact]
    public async Task Every_event_is_delivered_once_and_in_order()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector, batch: 7);
        lane.Start();
        for (int first = 1; first <= 100; first += 20)
            await JournalFolder.AppendAsync(journal, first, 20);

        Assert.True(await lane.LevelAsync(101));

        Assert.Equal(Enumerable.Range(1, 100).Select(number => $"e-{number}"), connector.Calls.SelectMany(call => call.Split(' ')));
        Assert.Equal(new CursorState(1, 101, 100, 0, 0, 0), lane.Lane.Books);
        Assert.Equal(0ul, lane.Lane.Buffered);
    }

    [Fact]
    public async Task Cursor_moves_over_the_settled_prefix_only_and_a_new_lane_misses_nothing()
    {
        using var folder = new JournalFolder();
        EventJournal journal = folder.Open();
        TaskCompletionSource others = NewSignal();
        int begun = 0;
        var connector = new ScriptedConnector(async (batch, token) =>
        {
            if (Interlocked.Increment(ref begun) == 4)
                others.SetResult();
            if (batch[0].Event.Sequence == 1)
                await _gate.Task.WaitAsync(token);
            return DeliveryResult.Delivered;
        });
        var lane = new LaneFixture(journal, connector, inFlight: 4, batch: 1);
        await JournalFolder.AppendAsync(journal, 1, 6);
        lane.Start();
        await others.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Task stopped = lane.StopAsync();
        lane.Abort();
        await stopped;
        Assert.Equal(1ul, lane.Lane.Books.Position);
        await lane.DisposeAsync();
        await journal.DisposeAsync();

        await using EventJournal reopened = folder.Open();
        var again = new ScriptedConnector();
        await using var second = new LaneFixture(reopened, again);
        second.Start();

        Assert.True(await second.LevelAsync(7));
        Assert.Equal(["e-1", "e-2", "e-3", "e-4", "e-5", "e-6"], again.Calls.SelectMany(call => call.Split(' ')));
        Assert.Equal(6ul, second.Lane.Books.Delivered);
        Assert.Equal(4, connector.Calls.Count);
    }

    [Fact]
    public async Task Full_batch_that_waits_for_a_place_grows_no_further()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = NewSignal();
        ScriptedConnector connector = HeldConnector(begun);
        await using var lane = new LaneFixture(journal, connector, batch: 2);
        await JournalFolder.AppendAsync(journal, 1, 10);
        lane.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        for (int turn = 0; turn < 5; turn++)
        {
            await lane.Time.WaitForTimersAsync(2);
            lane.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _gate.SetResult();
        Assert.True(await lane.LevelAsync(11));
        Assert.All(connector.Calls, call => Assert.Equal(2, call.Split(' ').Length));
    }

    [Fact]
    public async Task Batch_past_its_linger_waits_for_a_place_without_spinning()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = NewSignal();
        await using var lane = new LaneFixture(journal, HeldConnector(begun));
        lane.Start();
        await JournalFolder.AppendAsync(journal, 1, 1);
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        await JournalFolder.AppendAsync(journal, 2, 1);

        // The attempt's deadline and the lane's own wait: a lane that spins has no timer of its own.
        for (int turn = 0; turn < 5; turn++)
        {
            await lane.Time.WaitForTimersAsync(2);
            lane.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await lane.Time.WaitForTimersAsync(2);
        _gate.SetResult();
        Assert.True(await lane.LevelAsync(3));
    }

    [Fact]
    public async Task Filtered_events_are_counted_and_move_the_cursor()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector, filters: new FilterOptions.EventTypes(["Other"]));
        await JournalFolder.AppendAsync(journal, 1, 20_000);
        lane.Start();

        Assert.True(await lane.LevelAsync(20_001));

        Assert.Empty(connector.Calls);
        Assert.Equal(new CursorState(1, 20_001, 0, 20_000, 0, 0), lane.Lane.Books);
    }

    [Fact]
    public async Task Dead_letters_are_kept_before_the_cursor_moves_and_a_failing_disk_loses_none()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource asked = NewSignal();
        int attempts = 0;
        var box = new LaneFixture.LetterBox(async () =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
                throw new IOException("No space left on device");
            asked.TrySetResult();
            await _gate.Task;
        });
        var connector = new ScriptedConnector((batch, _) => ValueTask.FromResult(
            DeliveryResult.Partial([new EventFailure(1, FailureKind.Rejected, "no")])));
        await using var lane = new LaneFixture(journal, connector, deadLetters: box);
        await JournalFolder.AppendAsync(journal, 1, 3);
        lane.Start();
        while (!asked.Task.IsCompleted)
        {
            if (await Task.WhenAny(asked.Task, lane.Time.WaitForTimersAsync()) != asked.Task)
                lane.Time.AdvanceToNextTimer();
        }

        Assert.Equal(1ul, lane.Lane.Books.Position);
        Task<bool> level = lane.LevelAsync(4);
        _gate.SetResult();

        Assert.True(await level);
        Assert.Equal(2ul, Assert.Single(box.Letters).Sequence);
        Assert.Equal(new CursorState(1, 4, 2, 0, 1, 0), lane.Lane.Books);
        lane.AssertBalanced();
    }

    [Fact]
    public async Task Corrections_move_only_what_the_books_hold_also_without_a_loop()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector(DeliveryResult.Partial([new EventFailure(0, FailureKind.Rejected, "no"), new EventFailure(1, FailureKind.Rejected, "no")]));
        var lane = new LaneFixture(journal, connector);
        lane.Lane.Rebook(delivered: 1, dropped: 0);
        await JournalFolder.AppendAsync(journal, 1, 3);
        lane.Start();
        Assert.True(await lane.LevelAsync(4));
        await lane.StopAsync();
        Assert.Equal(new CursorState(1, 4, 2, 0, 1, 0), lane.Lane.Books);

        lane.Lane.Rebook(delivered: 0, dropped: 1);
        await lane.DisposeAsync();

        Assert.Equal(new CursorState(1, 4, 2, 0, 0, 1), lane.Lane.Books);
    }

    [Fact]
    public async Task Whoever_waits_for_a_lane_that_stops_is_told()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = NewSignal();
        await using var lane = new LaneFixture(journal, HeldConnector(begun));
        await JournalFolder.AppendAsync(journal, 1, 1);
        lane.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Task<bool> level = lane.LevelAsync(2);

        Task stopped = lane.StopAsync();
        lane.Abort();
        await stopped;

        Assert.False(await level);
        Assert.False(await lane.LevelAsync(2));
    }

    [Fact]
    public async Task Attempt_that_ends_within_the_grace_is_settled()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = NewSignal();
        await using var lane = new LaneFixture(journal, HeldConnector(begun));
        await JournalFolder.AppendAsync(journal, 1, 2);
        lane.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Task stopped = lane.StopAsync();
        Assert.False(stopped.IsCompleted);
        _gate.SetResult();
        await stopped;

        Assert.Equal(3ul, lane.Lane.Books.Position);
    }

    [Fact]
    public async Task Blocked_lane_does_not_hold_up_another()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = NewSignal();
        await using var blocked = new LaneFixture(journal, HeldConnector(begun), "blocked");
        await using var free = new LaneFixture(journal, new ScriptedConnector(), "free", batch: 10);
        await JournalFolder.AppendAsync(journal, 1, 50);
        blocked.Start();
        free.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Assert.True(await free.LevelAsync(51));

        Assert.Equal(1ul, blocked.Lane.Books.Position);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedConnector HeldConnector(TaskCompletionSource begun) => new(async (_, token) =>
    {
        begun.TrySetResult();
        await _gate.Task.WaitAsync(token);
        return DeliveryResult.Delivered;
    });
}
