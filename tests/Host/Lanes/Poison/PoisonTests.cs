using AuditHost.Configuration.Options;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Tests.Dashboard;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Lanes.Poison;

/// <summary>Whole sites whose process ends in the middle of a call, life after life.</summary>
[Promise("G8")]
public sealed class PoisonTests
{
    private const int Events = 20;

    [Fact]
    public async Task Event_that_ends_every_process_is_buried_and_everything_else_delivered()
    {
        await using var host = new CrashingSite((name, sequence) => name == "a" && sequence == 7);

        Assert.Equal(3, await LiveAsync(host, mostEnds: 3));

        DeadLetter letter = Assert.Single(host.Site.DeadLetters.Letters());
        Assert.Equal(("a", 7ul, DeathCause.SuspectedPoison, 3, "e-7"), (letter.Destination, letter.Sequence, letter.Cause, letter.Attempts, letter.EventId));
        Assert.Equal(0, letter.Sent.Length);
        AssertDelivered(host, "a", except: [7]);
        AssertDelivered(host, "b", except: []);
        AssertBalanced(host);
    }

    [Fact]
    public async Task Lane_goes_on_with_full_batches_once_the_event_is_buried()
    {
        await using var host = new CrashingSite((name, sequence) => name == "a" && sequence == 7);
        await LiveAsync(host, mostEnds: 3);
        Assert.All(host.CallSizes, size => Assert.Equal(1, size));

        host.CallSizes.Clear();
        await JournalFolder.AppendAsync(host.Site.Journal, Events + 1, Events);
        Assert.True(await host.Site.DrainAsync().WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken));

        Assert.Equal([Events], host.CallSizes);
    }

    [Fact]
    public async Task Events_that_are_deadly_at_one_destination_or_at_several_are_buried_there_alone()
    {
        await using var host = new CrashingSite((name, sequence) => (name, sequence) is ("a", 3) or ("a", 4) or ("b", 3));

        await LiveAsync(host, mostEnds: 20);

        Assert.Equal(
            [("a", 3ul), ("a", 4ul), ("b", 3ul)],
            host.Site.DeadLetters.Letters().Select(letter => (letter.Destination, letter.Sequence)).Order());
        AssertDelivered(host, "a", except: [3, 4]);
        AssertDelivered(host, "b", except: [3]);
        AssertBalanced(host);
    }

    [Fact]
    public async Task Event_whose_message_ends_every_process_is_buried_and_people_are_told_of_everything_else()
    {
        var alert = new AlertOptions { GroupBy = ["event_id"], MaxMessages = 1000, ResolveAfter = TimeSpan.Zero };
        await using var host = new CrashingSite((name, sequence) => name == "a" && sequence == 7, alert);

        Assert.Equal(3, await LiveAsync(host, mostEnds: 3));

        DeadLetter letter = Assert.Single(host.Site.DeadLetters.Letters());
        Assert.Equal(("a", 7ul, DeathCause.SuspectedPoison, "e-7"), (letter.Destination, letter.Sequence, letter.Cause, letter.EventId));
        AssertDelivered(host, "a", except: [7]);
        AssertDelivered(host, "b", except: []);
        AssertBalanced(host);
    }

    [Fact]
    public async Task Event_that_ends_the_process_now_and_then_is_delivered()
    {
        int ends = 0;
        await using var host = new CrashingSite((name, sequence) => name == "a" && sequence == 7 && ends++ < 2);

        Assert.Equal(2, await LiveAsync(host, mostEnds: 2));

        Assert.Empty(host.Site.DeadLetters.Letters());
        AssertDelivered(host, "a", except: []);
        AssertDelivered(host, "b", except: []);
    }

    private static async Task<int> LiveAsync(CrashingSite host, int mostEnds)
    {
        await host.StartAsync();
        await JournalFolder.AppendAsync(host.Site.Journal, 1, Events);
        int ends = 0;
        while (await host.RunAsync() is { } name)
        {
            Assert.True(++ends <= mostEnds, $"The process ended {ends} times, the last time in a call of {name}.");
            await host.StartAsync();
        }

        return ends;
    }

    private static void AssertDelivered(CrashingSite host, string destination, ulong[] except)
    {
        lock (host.Delivered)
            Assert.Equal(Enumerable.Range(1, Events).Select(number => (ulong)number).Except(except), host.Delivered[destination].Distinct().Order());
    }

    private static void AssertBalanced(CrashingSite host) => Assert.All(host.Site.Lanes, lane =>
    {
        CursorState books = lane.Books;
        Assert.Equal((ulong)Events, books.Delivered + books.DeadLettered);
        Assert.Equal(0ul, lane.Buffered);
    });
}
