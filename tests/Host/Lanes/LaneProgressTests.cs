using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging;

namespace AuditHost.Tests.Lanes;

[Promise("G20")]
public sealed class LaneProgressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan JustLess = Patience - TimeSpan.FromTicks(1);

    [Theory]
    [InlineData("hangs")]
    [InlineData("fails")]
    [InlineData("misconfigured")]
    [InlineData("does not start")]
    [InlineData("breaks")]
    public async Task Lane_whose_cursor_stands_is_stalled_after_its_patience_whatever_the_reason(string reason)
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connector = new ScriptedConnector(async (_, token) =>
        {
            reached.TrySetResult();
            if (reason == "hangs")
                await Task.Delay(Timeout.Infinite, token);
            return DeliveryResult.Failed(reason == "misconfigured" ? FailureKind.Misconfigured : FailureKind.Transient, "no");
        })
        {
            Start = async token =>
            {
                if (reason != "does not start")
                    return;
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 1, 3);
        LaneProgress progress = lane.Lane.Progress;
        if (reason == "breaks")
            lane.Lane.Break(new InvalidOperationException("unforeseen"));
        else
            lane.Start();
        if (reason != "breaks")
            await reached.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Assert.False(progress.IsStalled);
        lane.Time.Advance(JustLess);
        Assert.False(progress.IsStalled);
        lane.Time.Advance(TimeSpan.FromTicks(1));

        Assert.True(progress.IsStalled);
        Assert.Equal(Patience, progress.Unmoved);
    }

    [Fact]
    public async Task Lane_without_a_backlog_is_never_stalled_and_the_time_runs_from_the_first_event_that_waits()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector());
        LaneProgress progress = lane.Lane.Progress;

        lane.Time.Advance(10 * Patience);
        Assert.False(progress.IsStalled);
        await JournalFolder.AppendAsync(journal, 1, 1);

        Assert.Equal(TimeSpan.Zero, progress.Unmoved);
        lane.Time.Advance(JustLess);
        Assert.False(progress.IsStalled);
        lane.Time.Advance(Patience);
        Assert.True(progress.IsStalled);
    }

    [Fact]
    public async Task Lane_that_moves_slowly_is_not_stalled()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector(), batch: 1);
        LaneProgress progress = lane.Lane.Progress;
        await JournalFolder.AppendAsync(journal, 1, 5);
        Cursor cursor = journal.OpenCursor("d");

        for (ulong settled = 1; settled < 5; settled++)
        {
            lane.Time.Advance(JustLess);
            Assert.False(progress.IsStalled);
            cursor.Write(cursor.State with { Position = settled + 1, Delivered = settled });
            Assert.False(progress.IsStalled);
        }

        lane.Time.Advance(Patience);
        Assert.True(progress.IsStalled);
        Assert.Equal(1ul, lane.Lane.Buffered);
    }

    [Fact]
    public async Task Patience_of_zero_stalls_never()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector(), configure: options => options with { StalledAfter = TimeSpan.Zero });
        await JournalFolder.AppendAsync(journal, 1, 1);

        lane.Time.Advance(TimeSpan.FromDays(400));

        Assert.False(lane.Lane.Progress.IsStalled);
    }

    [Theory]
    [InlineData(32 << 20)]
    [InlineData(1)]
    public async Task Oldest_event_that_waits_gives_its_age_from_memory_and_from_disk(int tailBytes)
    {
        var clock = new ManualTimeProvider();
        using var folder = new JournalFolder { Options = new() { ReserveBytes = 0, TailBytes = tailBytes }, Time = clock };
        int reads = 0;
        var storage = new FaultyStorage { BeforeRead = (path, _, _) => reads += path.EndsWith(".log", StringComparison.Ordinal) ? 1 : 0 };
        await using EventJournal journal = folder.Open(storage);
        Cursor cursor = journal.OpenCursor("d");
        var progress = new LaneProgress(cursor, journal, Patience, clock);
        Assert.Null(progress.OldestAge);
        await JournalFolder.AppendAsync(journal, 1, 1);
        clock.Advance(TimeSpan.FromSeconds(20));
        await JournalFolder.AppendAsync(journal, 2, 1);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(23, progress.OldestAge?.TotalSeconds);
        int once = reads;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(24, progress.OldestAge?.TotalSeconds);
        Assert.Equal(once, reads);
        cursor.Write(cursor.State with { Position = 2, Delivered = 1 });
        Assert.Equal(4, progress.OldestAge?.TotalSeconds);
        cursor.Write(cursor.State with { Position = 3, Delivered = 2 });
        Assert.Null(progress.OldestAge);
    }

    [Fact]
    public async Task Watch_tells_once_that_a_lane_stalls_and_once_that_it_gets_on()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        await using var lane = new LaneFixture(journal, new ScriptedConnector());
        await JournalFolder.AppendAsync(journal, 1, 2);
        Cursor cursor = journal.OpenCursor("d");
        var log = new LogLines();
        using var stop = new CancellationTokenSource();
        Task watching = new StallWatch([lane.Lane], lane.Time, log).RunAsync(stop.Token);

        lane.Time.Advance(Patience);
        lane.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((LogLevel.Error, "Destination d is stalled: 2 events wait and none was settled for 300 s. Last error: none"), await log.NextAsync());
        lane.Time.Advance(TimeSpan.FromSeconds(1));
        cursor.Write(cursor.State with { Position = 2, Delivered = 1 });
        lane.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((LogLevel.Information, "Destination d gets on again."), await log.NextAsync());

        await stop.CancelAsync();
        await watching;
    }
}
