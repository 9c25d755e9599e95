using AuditHost.Configuration.Options;
using AuditHost.Dashboard;
using AuditHost.Journal;
using AuditHost.Lanes.Drops;
using AuditHost.Sdk;
using AuditHost.Tests.Delivery;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Dashboard;

/// <summary>What waits for destinations that left the site file.</summary>
[Promise("G2", "G14")]
public sealed class BacklogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-site-").FullName;
    private readonly ScriptedConnector _heir = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backlog_is_shown_with_what_waits_and_since_when()
    {
        await LeaveBehindAsync(waiting: 7);
        await using Site site = await OpenAsync("new");

        BacklogView backlog = Assert.Single(await new SiteControl(site, TimeProvider.System).ListBacklogsAsync(Stop));
        SiteStatus status = StatusReport.Of(site);

        Assert.Equal(("old", BacklogView.Removed, 4ul, 7ul, 0), (backlog.Name, backlog.State, backlog.Position, backlog.Events, backlog.DeadLetters));
        Assert.InRange(backlog.Since!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.True(backlog.Bytes > 0);
        Assert.Equal([backlog], status.Backlogs);
    }

    [Fact]
    public async Task Disabled_destination_keeps_its_backlog_on_purpose()
    {
        await LeaveBehindAsync(waiting: 2);
        await using Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["new"] = _heir }, options => options with
        {
            Destinations = [.. options.Destinations, options.Destinations[0] with { Name = "old", Enabled = false }],
        });

        Assert.Equal(BacklogView.Disabled, Assert.Single(BacklogList.Of(site)).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Heir_delivers_what_was_left_behind_and_the_books_balance(bool running)
    {
        await LeaveBehindAsync(waiting: 7);
        await using (Site site = await OpenAsync("new"))
        {
            if (running)
                site.Start();
            var control = new SiteControl(site, TimeProvider.System);
            AdoptReport dry = await control.AdoptBacklogAsync(new AdoptOrder("old", "new", DryRun: true), Stop);
            Assert.Equal((7ul, 0ul, null), (dry.Backlog!.Events, dry.Again, dry.Problem));
            Assert.Single(site.Journal.Cursors, cursor => cursor.Name == "old");

            AdoptReport report = await control.AdoptBacklogAsync(new AdoptOrder("old", "new"), Stop);

            Assert.Null(report.Problem);
            Assert.DoesNotContain(site.Journal.Cursors, cursor => cursor.Name == "old");
        }

        await using Site again = await OpenAsync("new");
        again.Start();
        Assert.True(await again.DrainAsync().WaitAsync(JournalFolder.Patience, Stop));
        Assert.Equal(Enumerable.Range(4, 7).Select(number => $"e-{number}"), _heir.Calls.SelectMany(call => call.Split(' ')));
        AssertBalanced(again, delivered: 7);
        Assert.Empty(BacklogList.Of(again));
    }

    [Fact]
    public async Task Adoption_that_a_crash_interrupted_can_be_ordered_again()
    {
        await LeaveBehindAsync(waiting: 7);
        await using (Site site = await OpenAsync("new"))
        {
            // The crash comes when the heir has gone back and the old cursor is still there.
            await site.FindLane("new")!.RewindAsync(4);
            site.Start();
            Assert.True(await site.DrainAsync().WaitAsync(JournalFolder.Patience, Stop));
        }

        await using Site after = await OpenAsync("new");
        after.Start();
        AdoptReport report = await new SiteControl(after, TimeProvider.System).AdoptBacklogAsync(new AdoptOrder("old", "new"), Stop);
        Assert.True(await after.DrainAsync().WaitAsync(JournalFolder.Patience, Stop));

        Assert.Equal((7ul, null), (report.Again, report.Problem));
        Assert.Equal(14, _heir.Calls.SelectMany(call => call.Split(' ')).Count());
        AssertBalanced(after, delivered: 14);
        Assert.Empty(BacklogList.Of(after));
    }

    [Fact]
    public async Task Adoption_and_discard_that_the_disk_fails_at_any_point_are_ordered_again_and_lose_nothing()
    {
        int failures = 0;
        bool reached = true;
        for (int operation = 1; reached; operation++)
        {
            reached = false;
            foreach (bool adopt in (bool[])[true, false])
            {
                string folder = Directory.CreateDirectory(Path.Combine(_folder, $"{operation}-{adopt}")).FullName;
                await LeaveBehindAsync(waiting: 7, folder);
                bool failed = await FailAtAsync(folder, operation, adopt);
                failures += failed ? 1 : 0;
                reached |= failed;
                await using Site after = await ScriptedSite.OpenAsync(folder, new Dictionary<string, IConnector> { ["new"] = new ScriptedConnector() });
                after.Start();
                BacklogView? left = BacklogList.Of(after).SingleOrDefault();
                Assert.True(failed || left is null);
                if (adopt)
                    Assert.True(left is not null || after.FindLane("new")!.Books.Origin <= 4, "The events are the heir's, or still to be adopted.");
                else
                    Assert.Equal(left is null, after.Drops.Records.Sum(record => (long)record.Events) == 7);
                if (left is not null)
                    Assert.Equal((4ul, 7ul), (left.Position, left.Events));
            }
        }

        Assert.True(failures >= 6, $"Only {failures} operations failed.");
    }

    [Fact]
    public async Task Events_that_the_heir_has_settled_before_are_announced()
    {
        await LeaveBehindAsync(waiting: 3);
        await using Site site = await OpenAsync("new");
        site.Start();
        await JournalFolder.AppendAsync(site.Journal, 7, 5);
        Assert.True(await site.DrainAsync().WaitAsync(JournalFolder.Patience, Stop));

        AdoptReport report = await new SiteControl(site, TimeProvider.System).AdoptBacklogAsync(new AdoptOrder("old", "new"), Stop);
        Assert.True(await site.DrainAsync().WaitAsync(JournalFolder.Patience, Stop));

        Assert.Equal((8ul, 5ul), (report.Backlog!.Events, report.Again));
        AssertBalanced(site, delivered: 13);
    }

    [Fact]
    public async Task Discarded_backlog_leaves_a_record_and_holds_nothing()
    {
        await LeaveBehindAsync(waiting: 7);
        await using (Site site = await OpenAsync("new"))
        {
            BacklogDiscardReport report = await new SiteControl(site, TimeProvider.System).DiscardBacklogAsync("old", Stop);

            Assert.Equal((7ul, null), (report.Backlog!.Events, report.Problem));
            Assert.DoesNotContain(site.Journal.Cursors, cursor => cursor.Name == "old");
        }

        await using Site again = await OpenAsync("new");
        DropView drop = Assert.Single(StatusReport.Of(again).Drops);
        Assert.Equal(("old", "discarded", 4ul, 10ul, 7ul), (drop.Destination, drop.Reason, drop.First, drop.Last, drop.Events));
    }

    [Fact]
    public async Task Record_of_a_discard_that_a_crash_interrupted_is_taken_back()
    {
        await LeaveBehindAsync(waiting: 7);
        await using Site site = await OpenAsync("new");
        site.Drops.TryRecord(
            new DropRecord { Destination = "old", Reason = DropReason.Discarded, First = 4, End = 11, Events = 7, Bytes = 1, At = default }, inevitable: false);

        site.Start();

        Assert.Empty(site.Drops.Records);
        Assert.Equal(7ul, Assert.Single(BacklogList.Of(site)).Events);
    }

    [Fact]
    public async Task Orders_that_make_no_sense_say_why()
    {
        await LeaveBehindAsync(waiting: 1);
        await using Site site = await OpenAsync("new");
        var control = new SiteControl(site, TimeProvider.System);

        Assert.Equal("There is no backlog 'odl'.", (await control.AdoptBacklogAsync(new AdoptOrder("odl", "new"), Stop)).Problem);
        Assert.Equal("There is no enabled destination 'nwe'.", (await control.AdoptBacklogAsync(new AdoptOrder("old", "nwe"), Stop)).Problem);
        Assert.Equal("'new' is a destination of the site; nothing of it is left behind.", (await control.DiscardBacklogAsync("new", Stop)).Problem);
    }

    [Fact]
    public async Task Backlog_larger_than_a_quota_that_drops_is_not_adopted_to_be_dropped()
    {
        await LeaveBehindAsync(waiting: 7);
        await using Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["new"] = _heir }, options => options with
        {
            Destinations = [options.Destinations[0] with { Quota = 100, OnFull = FullPolicy.DropOldest }],
        });

        AdoptReport report = await new SiteControl(site, TimeProvider.System).AdoptBacklogAsync(new AdoptOrder("old", "new"), Stop);

        Assert.Contains("give it a larger quota first", report.Problem, StringComparison.Ordinal);
        Assert.Equal(7ul, Assert.Single(BacklogList.Of(site)).Events);
    }

    [Fact]
    public async Task Site_at_rest_shows_the_same_without_its_lock()
    {
        await LeaveBehindAsync(waiting: 7);
        await using Site site = await OpenAsync("new");
        await using var offline = new OfflineSite(site.Options, static _ => []);

        Assert.Equal(BacklogList.Of(site), await offline.ListBacklogsAsync(Stop));
        Assert.Equal(BacklogList.Of(site), (await offline.GetStatusAsync(Stop)).Backlogs);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A destination that has delivered three events and has left others behind.</summary>
    private async Task LeaveBehindAsync(int waiting, string? folder = null)
    {
        await using Site site = await ScriptedSite.OpenAsync(folder ?? _folder, new Dictionary<string, IConnector> { ["old"] = _heir });
        await JournalFolder.AppendAsync(site.Journal, 1, 3 + waiting);
        Cursor cursor = Assert.Single(site.Journal.Cursors);
        cursor.Write(new CursorState(1, 4, 3, 0, 0, 0));
    }

    /// <summary>Gives an order on a disk whose n-th operation from then on fails.</summary>
    /// <returns>Whether it came to that operation.</returns>
    private static async Task<bool> FailAtAsync(string folder, int operation, bool adopt)
    {
        var storage = new FaultyStorage();
        await using Site site = await ScriptedSite.OpenAsync(
            folder, new Dictionary<string, IConnector> { ["new"] = new ScriptedConnector() }, static options => options, new HostMachine { Storage = storage });
        await using var control = new SiteControl(site, TimeProvider.System);
        int count = 0;
        storage.BeforeCreate = storage.BeforeDelete = storage.BeforeSync = path => Fail(path);
        storage.BeforeWrite = (path, length) => Fail(path) ? 0 : length;
        if (adopt)
            await control.AdoptBacklogAsync(new AdoptOrder("old", "new"), Stop);
        else
            await control.DiscardBacklogAsync("old", Stop);
        (storage.BeforeCreate, storage.BeforeDelete, storage.BeforeSync, storage.BeforeWrite) = (null, null, null, null);
        return Volatile.Read(ref count) >= operation;

        bool Fail(string path)
        {
            if (Interlocked.Increment(ref count) == operation)
                throw FaultyStorage.InputOutputError();
            return false;
        }
    }

    private Task<Site> OpenAsync(string name) =>
        ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { [name] = _heir });

    private static void AssertBalanced(Site site, ulong delivered)
    {
        DestinationStatus books = Assert.Single(StatusReport.Of(site).Destinations);
        Assert.Equal((delivered, 0ul), (books.Delivered, books.Buffered));
        Assert.Equal(books.Accepted, books.Delivered + books.Buffered + books.DeadLettered + books.Filtered + books.Dropped);
    }
}
