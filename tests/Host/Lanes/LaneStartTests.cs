using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

public sealed class LaneStartTests
{
    [Fact]
    public async Task Failed_start_is_tried_again_with_back_off_and_then_everything_is_delivered()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        int starts = 0;
        var connector = new ScriptedConnector { Start = _ => ++starts <= 4 ? throw new IOException("away") : default };
        await using var lane = new LaneFixture(journal, connector, configure: WithBackOff);
        await JournalFolder.AppendAsync(journal, 1, 3);
        List<TimeSpan> pauses = [];
        lane.Start();
        for (int failure = 0; failure < 4; failure++)
        {
            await lane.Time.WaitForTimersAsync();
            Assert.Equal((failure + 1, DestinationHealth.Starting), (starts, lane.Lane.Destination.Watch.Health));
            pauses.Add(lane.Time.AdvanceToNextTimer());
        }

        Assert.True(await lane.LevelAsync(4));

        double[] ceilings = [1, 2, 4, 4];
        Assert.All(pauses.Zip(ceilings), pair => Assert.InRange(pair.First.TotalSeconds, 0.05 * pair.Second, pair.Second));
        Assert.Equal(["e-1 e-2 e-3"], connector.Calls);
        Assert.Equal((5, DestinationHealth.Healthy), (starts, lane.Lane.Destination.Watch.Health));
        Assert.Equal(0, lane.Lane.Destination.Statistics.FailedAttempts);
    }

    [Fact]
    public async Task Whoever_waits_for_a_lane_that_cannot_start_is_told_why()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector { Start = static _ => throw new SettingsException("token_file", "is not there") };
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 1, 1);
        Task<bool> level = lane.LevelAsync(2);

        lane.Start();

        Assert.False(await level);
        Assert.Equal("token_file: is not there", lane.Lane.Destination.Statistics.LastError);
    }

    [Fact]
    public async Task Stop_ends_the_pause_after_a_failed_start()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        var connector = new ScriptedConnector { Start = static _ => throw new IOException("away") };
        await using var lane = new LaneFixture(journal, connector);
        await JournalFolder.AppendAsync(journal, 1, 1);
        lane.Start();
        await lane.Time.WaitForTimersAsync();

        await lane.StopAsync();

        Assert.Equal(new CursorState(1, 1, 0, 0, 0, 0), lane.Lane.Books);
        Assert.Empty(connector.Calls);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_a_start_that_hangs()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource never = new();
        var connector = new ScriptedConnector
        {
            Start = _ =>
            {
                begun.SetResult();
                return new ValueTask(never.Task);
            },
        };
        await using var lane = new LaneFixture(journal, connector);
        lane.Start();
        await begun.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        await lane.StopAsync();

        Assert.False(await lane.LevelAsync(2));
    }

    private static DestinationOptions WithBackOff(DestinationOptions options) => options with
    {
        Retry = new RetryOptions { InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(4), Multiplier = 2 },
    };
}
