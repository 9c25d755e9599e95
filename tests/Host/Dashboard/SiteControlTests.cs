using System.Collections.Concurrent;
using AuditHost.Dashboard;
using AuditHost.Delivery;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Dashboard;

public sealed class SiteControlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-site-").FullName;
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly ScriptedConnector _other = new();
    private volatile bool _refuse = true;

    [Fact]
    public async Task Replayed_letters_go_out_under_their_own_keys_and_move_in_the_books()
    {
        await using Site site = await RefusedAsync();
        var control = new SiteControl(site, TimeProvider.System);
        string[] keys = [.. _keys.Distinct()];
        _keys.Clear();
        _refuse = false;

        ReplayReport dry = await control.ReplayAsync(new ReplayOrder { DeadLetters = new(), DryRun = true }, TestContext.Current.CancellationToken);
        Assert.Equal(new ReplayReport(3, 0, 0, 0, null), dry);
        Assert.Equal(3, site.DeadLetters.Count);
        ReplayReport report = await control.ReplayAsync(new ReplayOrder { DeadLetters = new() }, TestContext.Current.CancellationToken);
        await site.StopAsync();

        Assert.Equal(new ReplayReport(3, 3, 0, 0, null), report);
        Assert.Equal((3, 3), (site.FindLane("a")!.Destination.Statistics.Replayed, site.FindLane("a")!.Destination.Statistics.ReplaySeen));
        Assert.Equal(keys, _keys);
        Assert.Equal(0, site.DeadLetters.Count);
        await AssertBooksAsync(control, delivered: 3, dropped: 0);
    }

    [Fact]
    public async Task Letters_sent_elsewhere_or_discarded_are_dropped_in_their_own_books()
    {
        await using Site site = await RefusedAsync();
        var control = new SiteControl(site, TimeProvider.System);
        _other.Calls.Clear();

        ReplayReport report = await control.ReplayAsync(
            new ReplayOrder { DeadLetters = new() { Cause = "rejected", EventType = "Test", Limit = 1 }, Destination = "b" }, TestContext.Current.CancellationToken);
        DiscardReport nothing = await control.DiscardAsync(new() { Destination = "b" }, TestContext.Current.CancellationToken);
        DiscardReport discarded = await control.DiscardAsync(new() { Ids = [1, 2, 2, 3] }, TestContext.Current.CancellationToken);
        await site.StopAsync();

        Assert.Equal((1, 1), (report.Matched, report.Delivered));
        Assert.Equal(["e-1"], _other.Calls);
        Assert.Equal(new DiscardReport(0, 0), nothing);
        Assert.Equal(new DiscardReport(2, 2), discarded);
        await AssertBooksAsync(control, delivered: 0, dropped: 3);
    }

    [Fact]
    public async Task Orders_that_a_crash_kept_out_of_the_books_are_booked_at_the_next_start()
    {
        await using (Site site = await RefusedAsync())
        {
            await site.DeadLetters.ResolveAsync([1], DeadLetterOutcome.Replayed, "a", TestContext.Current.CancellationToken);
            await site.DeadLetters.ResolveAsync([3], DeadLetterOutcome.Discarded, null, TestContext.Current.CancellationToken);
        }

        await using Site again = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["a"] = new ScriptedConnector(), ["b"] = _other });

        CursorState books = again.FindLane("a")!.Books;
        Assert.Equal((1ul, 1ul, 1ul), (books.DeadLettered, books.Delivered, books.Dropped));
    }

    [Fact]
    public async Task Range_of_the_journal_goes_out_again_without_touching_the_books()
    {
        await using Site site = await RefusedAsync();
        var control = new SiteControl(site, TimeProvider.System);
        _other.Calls.Clear();

        ReplayReport some = await control.ReplayAsync(new ReplayOrder { Destination = "b", From = 2, To = 3 }, TestContext.Current.CancellationToken);
        ReplayReport all = await control.ReplayAsync(
            new ReplayOrder { Destination = "b", FromTime = DateTimeOffset.UnixEpoch, ToTime = DateTimeOffset.UtcNow.AddHours(1) }, TestContext.Current.CancellationToken);

        Assert.Equal((2, 2), (some.Matched, some.Delivered));
        Assert.Equal((3, 3), (all.Matched, all.Delivered));
        Assert.Equal(["e-2", "e-3", "e-1", "e-2", "e-3"], _other.Calls.SelectMany(call => call.Split(' ')));
        Assert.Equal(3ul, site.FindLane("b")!.Books.Delivered);
    }

    [Fact]
    public async Task Batch_of_a_replay_is_no_larger_than_what_its_rate_allows_in_a_second()
    {
        await using Site site = await RefusedAsync();
        _other.Calls.Clear();

        await new SiteControl(site, TimeProvider.System).ReplayAsync(new ReplayOrder { Destination = "b", Rate = 2 }, TestContext.Current.CancellationToken);

        Assert.Equal(["e-1 e-2", "e-3"], _other.Calls);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A running site whose destination <c>a</c> has refused three events that <c>b</c> took.</summary>
    private async Task<Site> RefusedAsync()
    {
        var refusing = new ScriptedConnector((batch, _) =>
        {
            for (int i = 0; i < batch.Count; i++)
                _keys.Enqueue(batch[i].Key);
            return ValueTask.FromResult(_refuse ? DeliveryResult.Failed(FailureKind.Rejected, "no") : DeliveryResult.Delivered);
        });
        Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["a"] = refusing, ["b"] = _other });
        site.Start();
        await JournalFolder.AppendAsync(site.Journal, 1, 3);
        Assert.True(await site.DrainAsync().WaitAsync(JournalFolder.Patience));
        Assert.Equal(3ul, site.FindLane("a")!.Books.DeadLettered);
        return site;
    }

    private static async Task AssertBooksAsync(SiteControl control, ulong delivered, ulong dropped)
    {
        SiteStatus status = await control.GetStatusAsync(TestContext.Current.CancellationToken);
        DestinationStatus books = status.Destinations.Single(destination => destination.Name == "a");
        Assert.Equal((3ul, delivered, 0ul, 0ul, 0ul, dropped), (books.Accepted, books.Delivered, books.Buffered, books.DeadLettered, books.Filtered, books.Dropped));
    }
}
