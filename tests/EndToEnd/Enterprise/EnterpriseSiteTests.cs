using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd.Enterprise;

/// <summary>The site that was given, with every destination of it switched on.</summary>
[Promise("G3")]
public sealed partial class EnterpriseSiteTests : IDisposable
{
    private const int Events = 10_000;
    private const int EventsInRequest = 500;

    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Every_event_is_delivered_or_filtered_as_the_file_says_and_the_books_balance()
    {
        await using EnterpriseServers servers = await EnterpriseServers.StartAsync(_site, TestContext.Current.CancellationToken);
        string given = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "assets", "enterprise-integration.yaml"), TestContext.Current.CancellationToken);
        _site.Write("site.yaml", $"{_site.HostSection}\n  sources: [{{ type: http }}]\n\n{SwitchOn(servers.Adapt(given), servers.Sections)}");
        var events = new MixedEvents(Events);

        (await AuditHostCommand.RunAsync(_site.Path, null, servers.Variables(_site), "validate", "site.yaml")).Expect(0);
        await using RunningHost host = await RunningHost.StartAsync(_site, environment: servers.Variables(_site));
        foreach (string[] request in events.Json.Chunk(EventsInRequest))
            await host.AcceptAsync(request);
        await host.UntilAsync(async () => await host.BufferedAsync() == 0, "done with every event");

        foreach (EnterpriseServer server in servers.All)
        {
            IReadOnlyList<MixedEvent> wanted = events.Wanted(server.Threshold);
            Assert.InRange(wanted.Count, 1_000, 8_000);
            Assert.Empty(server.Violations);
            await server.AssertTookAsync(wanted);
            IReadOnlyDictionary<string, long> books = await host.MetricsAsync(server.Destination);
            Assert.Equal(
                (Events, wanted.Count, Events - wanted.Count, 0, 0),
                (books["audithost_events_accepted_total"], books["audithost_events_delivered_total"], books["audithost_events_filtered_total"],
                    books["audithost_events_dead_lettered"], books["audithost_events_dropped_total"]));
        }

        Assert.Equal(0, await host.StopAsync());
    }

    public void Dispose() => _site.Dispose();

    /// <summary>Switches on whatever can be in these sections.</summary>
    private static string SwitchOn(string given, IReadOnlySet<string> sections)
    {
        string section = string.Empty;
        return string.Join('\n', given.Split('\n').Select(line =>
        {
            if (SectionName().Match(line) is { Success: true } match)
                section = match.Groups["name"].Value;
            return sections.Contains(section) ? line.Replace("enabled: false", "enabled: true", StringComparison.Ordinal) : line;
        }));
    }

    [GeneratedRegex("^  (?<name>[a-z_]+):")]
    private static partial Regex SectionName();
}
