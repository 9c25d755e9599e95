using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Dashboard;
using AuditHost.Journal;
using AuditHost.Sdk;
using AuditHost.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuditHost.Tests.Dashboard;

public sealed class SiteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audithost-site-").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Opening_that_fails_closes_what_it_opened_and_gives_the_directory_back()
    {
        var first = new ClosingConnector();
        var missing = new Dictionary<string, IConnector> { ["a"] = first };

        await Assert.ThrowsAsync<KeyNotFoundException>(() => OpenAsync(missing, "a", "b"));

        Assert.Equal(1, first.Closed);
        await using Site again = await OpenAsync(new Dictionary<string, IConnector> { ["a"] = new ClosingConnector() }, "a");
    }

    [Fact]
    public async Task Connector_that_cannot_be_closed_keeps_nothing_else_open()
    {
        var connectors = new Dictionary<string, IConnector>
        {
            ["a"] = new ClosingConnector(() => throw new InvalidOperationException("cannot end")), ["b"] = new ClosingConnector(),
        };
        Site site = await OpenAsync(connectors, "a", "b");
        site.Start();

        await site.DisposeAsync();
        await site.DisposeAsync();

        Assert.Equal(1, ((ClosingConnector)connectors["b"]).Closed);
        DataDirectoryLock.Acquire(Data).Dispose();
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
        await using Site site = await OpenAsync(new Dictionary<string, IConnector> { ["a"] = connector }, "a");
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
        await using Site site = await OpenAsync(new Dictionary<string, IConnector> { ["a"] = connector }, "a");
        await JournalFolder.AppendAsync(site.Journal, 1, 1);

        ReplayReport report = await new SiteControl(site, TimeProvider.System)
            .ReplayAsync(new ReplayOrder { Destination = "a" }, TestContext.Current.CancellationToken);

        Assert.Equal(new ReplayReport(1, 0, 0, 0, "Destination 'a' could not be started: no route"), report);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<Site> OpenAsync(IReadOnlyDictionary<string, IConnector> connectors, params string[] destinations)
    {
        var options = new SiteOptions
        {
            Path = "site.yaml", BaseDirectory = _folder, Revision = "r", MaxConcurrentDeliveries = 10, Monitoring = new(),
            Host = new HostOptions { DataDirectory = Data, Journal = new() { ReserveBytes = 0 } },
            Destinations = [.. destinations.Select(Destination)],
        };
        return Site.OpenAsync(options, new ScriptedCatalogue(connectors), static text => text, TimeProvider.System, NullLoggerFactory.Instance);
    }

    private static DestinationOptions Destination(string name) => new()
    {
        Name = name, Section = "siem", Type = "scripted", Enabled = true, Location = new SourceLocation("site.yaml", 1, 1),
    };
}
