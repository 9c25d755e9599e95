using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

/// <summary>A lane that goes on from an earlier event at an operator's wish.</summary>
[Promise("G2")]
public sealed class LaneRewindTests
{
    [Fact]
    public async Task Running_lane_delivers_again_from_there_and_its_books_balance()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 6, 5);
        lane.Start();
        Assert.True(await lane.LevelAsync(11));

        await lane.Lane.RewindAsync(3).WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Assert.True(await lane.LevelAsync(11));

        Assert.Equal(["e-6", "e-7", "e-8", "e-9", "e-10", "e-3", "e-4", "e-5", "e-6", "e-7", "e-8", "e-9", "e-10"], connector.Calls.SelectMany(call => call.Split(' ')));
        lane.AssertBalanced();
        Assert.Equal((13ul, 0ul), (lane.Lane.Books.Delivered, lane.Lane.Buffered));
    }

    [Fact]
    public async Task Batch_that_is_stuck_does_not_keep_a_lane_from_going_back()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await JournalFolder.AppendAsync(journal, 1, 5);
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var connector = new ScriptedConnector(async (batch, token) =>
        {
            if (!called.TrySetResult())
                return DeliveryResult.Delivered;
            await never.Task.WaitAsync(token);
            return DeliveryResult.Delivered;
        });
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 6, 5);
        lane.Start();
        await called.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        await lane.Lane.RewindAsync(1).WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);
        Assert.True(await lane.LevelAsync(11));

        lane.AssertBalanced();
        Assert.Equal(10ul, lane.Lane.Books.Delivered);
    }

    [Fact]
    public async Task Lane_that_is_not_that_far_stays_where_it_is()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector());
        await JournalFolder.AppendAsync(journal, 1, 5);
        CursorState before = lane.Lane.Books;

        await lane.Lane.RewindAsync(4);

        Assert.Equal(before, lane.Lane.Books);
    }

    [Fact]
    public async Task Lane_of_a_site_at_rest_goes_back_durably()
    {
        using var folder = new JournalFolder();
        await using (EventJournal journal = folder.Open())
        {
            await JournalFolder.AppendAsync(journal, 1, 5);
            await using var lane = new LaneFixture(journal, new ScriptedConnector());

            await lane.Lane.RewindAsync(2);

            lane.AssertBalanced();
        }

        await using EventJournal reopened = folder.Open();
        await using var again = new LaneFixture(reopened, new ScriptedConnector());
        Assert.Equal((2ul, 4ul), (again.Lane.Books.Position, again.Lane.Buffered));
    }

    [Fact]
    public async Task Lane_that_has_ended_says_so()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector());
        lane.Start();
        await lane.StopAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => lane.Lane.RewindAsync(1));
    }
}
