using AuditHost.Dashboard;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;

namespace AuditHost.Tests.Dashboard;

public sealed class SiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-site-").FullName;

    [Fact]
    public async Task Opening_that_fails_closes_what_it_opened_and_gives_the_directory_back()
    {
        var first = new ClosingConnector();
        var missing = new Dictionary<string, IConnector> { ["a"] = first };

        await Assert.ThrowsAsync<KeyNotFoundException>(() => ScriptedSite.OpenAsync(_folder, missing, "a", "b"));

        Assert.Equal(1, first.Closed);
        await using Site again = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["a"] = new ClosingConnector() });
    }

    [Fact]
    public async Task Connector_that_cannot_be_closed_keeps_nothing_else_open()
    {
        var connectors = new Dictionary<string, IConnector>
        {
            ["a"] = new ClosingConnector(() => throw new InvalidOperationException("cannot end")), ["b"] = new ClosingConnector(),
        };
        Site site = await ScriptedSite.OpenAsync(_folder, connectors);
        site.Start();

        await site.DisposeAsync();
        await site.DisposeAsync();

        Assert.Equal(1, ((ClosingConnector)connectors["b"]).Closed);
        DataDirectoryLock.Acquire(Path.Combine(_folder, "data")).Dispose();
    }

    [Fact]
    public async Task Replay_to_a_destination_that_has_not_started_says_so()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connector = new ClosingConnector(start: async token =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        await using Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["a"] = connector });
        await JournalFolder.AppendAsync(site.Journal, 1, 1);
        site.Start();
        await started.Task.WaitAsync(JournalFolder.Patience, TestContext.Current.CancellationToken);

        ReplayReport report = await new SiteControl(site, TimeProvider.System)
            .ReplayAsync(new ReplayOrder { Destination = "a" }, TestContext.Current.CancellationToken);

        Assert.Equal(new ReplayReport(1, 0, 0, 0, "Destination 'a' has not started yet."), report);
    }

    [Fact]
    public async Task Replay_on_a_site_at_rest_says_why_a_connector_does_not_start()
    {
        var connector = new ClosingConnector(start: _ => throw new IOException("no route"));
        await using Site site = await ScriptedSite.OpenAsync(_folder, new Dictionary<string, IConnector> { ["a"] = connector });
        await JournalFolder.AppendAsync(site.Journal, 1, 1);

        ReplayReport report = await new SiteControl(site, TimeProvider.System)
            .ReplayAsync(new ReplayOrder { Destination = "a" }, TestContext.Current.CancellationToken);

        Assert.Equal(new ReplayReport(1, 0, 0, 0, "Destination 'a' could not be started: no route"), report);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
