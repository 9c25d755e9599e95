using AuditHost.Configuration.Options;
using AuditHost.Journal;
using AuditHost.Lanes;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes;

[Promise("G7", "G20")]
public sealed class LaneBurialTests
{
    [Fact]
    public async Task Lane_that_cannot_bury_says_why_and_is_healthy_again_once_it_can()
    {
        using var folder = new JournalFolder();
        await using EventJournal journal = folder.Open();
        bool full = true;
        var box = new LaneFixture.LetterBox(() => Volatile.Read(ref full) ? throw new IOException("no room") : Task.CompletedTask);
        var connector = new ScriptedConnector(DeliveryResult.Failed(FailureKind.Rejected, "no"));
        await using var lane = new LaneFixture(journal, connector, deadLetters: box, configure: OneAttempt);
        await JournalFolder.AppendAsync(journal, 1, 1);
        Task<bool> level = lane.LevelAsync(2);
        lane.Start();

        Assert.False(await level);

        Assert.Equal(DestinationHealth.Retrying, lane.Lane.Destination.Watch.Health);
        Assert.Equal("Dead letters cannot be written: no room", lane.Lane.Destination.Statistics.LastError);
        Volatile.Write(ref full, false);
        level = lane.LevelAsync(2);
        while (!level.IsCompleted)
        {
            if (await Task.WhenAny(level, lane.Time.WaitForTimersAsync(2)) != level)
                lane.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(await level);
        Assert.Equal((DestinationHealth.Healthy, 1ul), (lane.Lane.Destination.Watch.Health, lane.Lane.Books.DeadLettered));
    }

    private static DestinationOptions OneAttempt(DestinationOptions options) => options with { Retry = options.Retry with { MaxAttempts = 1 } };
}
