using System.CommandLine;
using AuditHost.Dashboard;
using AuditHost.Intake;
using Microsoft.Extensions.Logging;

namespace AuditHost.Commands;

/// <summary><c>run</c>: the host itself; with <c>--once</c>, a single pass over finite input.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Read finite sources to their end, drain every destination, print what went where and exit." };
        var level = new Option<LogLevel>("--log-level") { Description = "The least to log.", DefaultValueFactory = _ => LogLevel.Information };
        var json = new Option<bool>("--log-json") { Description = "Log as JSON lines." };
        Option<string> config = SiteArguments.Config();
        var command = new Command("run", "Run the host: take events in and deliver them.") { once, config, level, json };
        command.SetAction(async (parsed, stop) =>
        {
            using LoadedSite loaded = await LoadedSite.LoadAsync(
                parsed.GetRequiredValue(config), parsed.GetValue(once) ? LogLevel.Warning : parsed.GetValue(level), parsed.GetValue(json));
            if (!await loaded.ReportAsync(warnings: true))
                return ExitCode.Configuration;
            Site site = await Site.OpenAsync(
                loaded.Options, loaded.Catalogue, loaded.Redactor, TimeProvider.System, loaded.Log);
            await using (site)
            {
                return parsed.GetValue(once)
                    ? await RunOnceAsync(site, loaded, quiet: parsed.GetValue(json), stop)
                    : await RunAsync(site, loaded, stop);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Site site, LoadedSite loaded, CancellationToken stop)
    {
        ILogger logger = loaded.Log.CreateLogger("audithost");
        WebServer server = WebServer.Create(site, new PluginExchange(site, loaded.Catalogue, loaded.Log.CreateLogger("plugins")), loaded.Log);
        using var rejected = new RejectedInputFiles(RejectedInputFolder(site));
        await using (server)
        {
            site.Sources = [.. SourceFactory.Create(site, rejected, loaded.Log, once: false), .. server.Sources];
            site.Start();
            await server.StartAsync(stop);
            logger.LogInformation(
                "AuditHost {Version} is up, destinations: {Count}; listening on {Address}.", StatusReport.HostVersion, site.Lanes.Count, server.Address);
            await SourceRunner.RunAsync(site.Sources, logger, stop);
            logger.LogInformation("Stopping.");
            await server.StopAsync();
            await site.StopAsync();
        }

        logger.LogInformation("Stopped. What is undelivered waits in the journal.");
        return ExitCode.Done;
    }

    private static async Task<int> RunOnceAsync(Site site, LoadedSite loaded, bool quiet, CancellationToken stop)
    {
        using var rejected = new RejectedInputFiles(RejectedInputFolder(site));
        site.Sources = SourceFactory.Create(site, rejected, loaded.Log, once: true);
        Dictionary<string, ulong> before = SettledBy(site);
        site.Start();
        Task reading = Task.WhenAll(site.Sources.Select(source => source.RunAsync(stop)));
        Task<bool> work = DrainAfterAsync(reading, site, stop);
        if (quiet)
            await work;
        else
            await LongWork.OnStandardError().ShowAsync(work, () => Task.FromResult(ProgressOf(site, before)));
        await site.StopAsync();
        SiteStatus status = StatusReport.Of(site);
        foreach (SourceStatus source in status.Sources)
            Console.WriteLine($"{Counted.Of(source.Accepted, "event")} from {source.Name}{(source.Duplicates > 0 ? $", {source.Duplicates:N0} more known already" : string.Empty)}{(source.Rejected > 0 ? $", {Counted.Of(source.Rejected, "piece")} rejected" : string.Empty)}");
        Console.WriteLine();
        StatusCommand.PrintDestinations(status.Destinations);
        await reading;
        bool complete = status.Destinations.All(destination => destination is { Buffered: 0, DeadLettered: 0 })
            && site.Drops.Totals.Count == 0;
        return complete ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> DrainAfterAsync(Task reading, Site site, CancellationToken stop)
    {
        // What could be read is delivered, whatever could not.
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return await site.DrainAsync().WaitAsync(stop);
    }

    private static Dictionary<string, ulong> SettledBy(Site site) =>
        StatusReport.Of(site).Destinations.ToDictionary(destination => destination.Name, destination => destination.Accepted - destination.Buffered);

    private static IReadOnlyList<WorkProgress> ProgressOf(Site site, Dictionary<string, ulong> before) =>
    [
        .. StatusReport.Of(site).Destinations.Select(destination => new WorkProgress(
            destination.Name,
            (long)(destination.Accepted - destination.Buffered - before[destination.Name]),
            (long)(destination.Accepted - before[destination.Name]))),
    ];

    private static string RejectedInputFolder(Site site) => Path.Combine(site.Options.Host.DataDirectory, "rejected");
}
