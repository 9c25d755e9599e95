using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

[Promise("G13")]
public sealed class LaneFaultTests
{
    [Fact]
    public async Task Connector_that_ignores_its_token_is_left_behind_and_its_events_stay()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var connector = new ScriptedConnector(async (_, _) =>
        {
            called.TrySetResult();
            await never.Task;
            return DeliveryResult.Delivered;
        });
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 1, 3);
        lane.Start();
        await called.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        Task stopped = lane.StopAsync();
        lane.Abort();
        while (!stopped.IsCompleted)
        {
            if (await Task.WhenAny(stopped, lane.Time.WaitForTimersAsync()) != stopped)
                lane.Time.AdvanceToNextTimer();
        }

        await stopped;
        Assert.Equal((1ul, 3ul), (lane.Lane.Books.Position, lane.Lane.Buffered));
    }

    [Fact]
    public async Task Journal_that_cannot_be_read_is_read_again_and_whoever_waits_is_told()
    {
        using var folder = new JournalFolder();
        await using (EventJournal before = folder.Open())
        {
            before.OpenCursor("d");
            await JournalFolder.AppendAsync(before, 1, 50);
        }

        bool broken = false;
        var storage = new FaultyStorage { BeforeRead = (path, _, _) => ThrowIf(Volatile.Read(ref broken) && path.EndsWith(".log", StringComparison.Ordinal)) };
        await using EventJournal journal = folder.Open(storage);
        var connector = new ScriptedConnector();
        await using var lane = new LaneFixture(journal, connector);
        Volatile.Write(ref broken, true);
        Task<bool> level = lane.LevelAsync(51);
        lane.Start();

        Assert.False(await level);
        Assert.Equal(DestinationHealth.Retrying, lane.Lane.Destination.Watch.Health);
        await lane.Time.WaitForTimersAsync();
        level = lane.LevelAsync(51);
        Volatile.Write(ref broken, false);
        lane.Time.AdvanceToNextTimer();

        Assert.True(await level);
        Assert.Equal(50ul, lane.Lane.Books.Delivered);
        Assert.Equal(DestinationHealth.Healthy, lane.Lane.Destination.Watch.Health);
    }

    private static void ThrowIf(bool broken)
    {
        if (broken)
            throw FaultyStorage.InputOutputError();
    }
}
