using AuditHost.Dashboard;
using AuditHost.Lanes;
using AuditHost.Plugins;
using Microsoft.Extensions.Logging;

namespace AuditHost;

/// <summary>
/// Takes new versions of plugins over while the site delivers. The new one is loaded and its connectors are made before the former one is
/// touched, so that what cannot serve changes nothing. Then each lane lets go of its calls, goes on from its cursor with the new one, and
/// the former one is disposed of and unloaded.
/// </summary>
internal sealed class PluginExchange(Site site, PluginCatalogue catalogue, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Every folder that was found.</summary>
    public IReadOnlyList<PluginDescription> Plugins => catalogue.Plugins;

    /// <summary>Takes over what lies in the plugins directory now.</summary>
    /// <param name="name">One folder; without it, each of the site's own.</param>
    public async Task<IReadOnlyList<PluginReloadReport>> ReloadAsync(string? name)
    {
        await _turn.WaitAsync();
        try
        {
            var reports = new List<PluginReloadReport>();
            foreach (string folder in name is null ? catalogue.FoldersOfSite() : [name])
                reports.Add(Tell(await ReloadOneAsync(folder)));
            return reports;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<PluginReloadReport> ReloadOneAsync(string name)
    {
        PluginUpdate? update;
        try
        {
            update = catalogue.Prepare(name);
        }
        catch (Exception exception) when (exception is PluginRefusedException or PluginStageException)
        {
            return new PluginReloadReport(name, null, string.Empty, Changed: false, []) { Problem = exception.Message };
        }

        if (update is null)
            return new PluginReloadReport(name, null, catalogue.Plugins.First(plugin => plugin.Name == name).Version, Changed: false, []);
        var report = new PluginReloadReport(name, update.Former?.Description.Version, update.Next.Description.Version, Changed: true, []);
        try
        {
            report = report with { Destinations = await TakeOverAsync(update) };
        }
        catch (Exception exception)
        {
            await catalogue.RetireAsync(update.Next);
            return report with { Changed = false, Problem = site.Redact(exception.Message) };
        }

        if (update.Former is not { } former || await catalogue.RetireAsync(former))
            return report;
        return report with { Remains = RemainsOf(former) };
    }

    /// <returns>The destinations that the new version serves.</returns>
    private async Task<IReadOnlyList<string>> TakeOverAsync(PluginUpdate update)
    {
        (Lane Lane, Destination Next)[] exchanges = await CreateAsync(update);
        catalogue.Commit(update);
        foreach ((Lane lane, Destination next) in exchanges)
            await ExchangeAsync(lane, next);
        return [.. exchanges.Select(exchange => exchange.Lane.Destination.Options.Name)];
    }

    private async Task<(Lane Lane, Destination Next)[]> CreateAsync(PluginUpdate update)
    {
        var made = new List<(Lane, Destination)>();
        try
        {
            foreach (Lane lane in site.Lanes.Where(lane => lane.Destination.PluginFolders.Contains(update.Next.Folder.Root)))
                made.Add((lane, await CreateAsync(lane, update)));
            return [.. made];
        }
        catch
        {
            foreach ((_, Destination next) in made)
                await RetireAsync(next);
            throw;
        }
    }

    private async Task<Destination> CreateAsync(Lane lane, PluginUpdate update)
    {
        try
        {
            return await site.CreateAgainAsync(lane, update);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Destination '{lane.Destination.Options.Name}' cannot be made with it: {exception.Message}", exception);
        }
    }

    private async Task ExchangeAsync(Lane lane, Destination next)
    {
        Destination former = lane.Destination;
        try
        {
            await lane.ExchangeAsync(next);
        }
        catch (Exception exception)
        {
            // The lane stands still or is ending: it serves the former one for as long as it does.
            logger.LogError("Destination {Destination} does not take over: {Reason}", former.Options.Name, site.Redact(exception.Message));
            former = next;
        }

        await RetireAsync(former);
    }

    /// <summary>Closes one that serves nothing. Whatever its connector does about it, the new version serves: it is left behind, and shows as still in memory.</summary>
    private async Task RetireAsync(Destination retired)
    {
        try
        {
            await retired.RetireAsync();
        }
        catch (Exception exception)
        {
            logger.LogError("Destination {Destination}: a connector did not close in order. {Reason}", retired.Options.Name, site.Redact(exception.Message));
        }
    }

    private static string RemainsOf(LoadedPlugin former) => former.PinnedBy is { } pin
        ? $"The former version stays in memory, as its author says it must: {pin}"
        : "The former version is still in memory: something of it is in use, a timer, a thread, a static event, or JSON by reflection. See 'plugins list' for how many.";

    private PluginReloadReport Tell(PluginReloadReport report)
    {
        if (report.Problem is { } problem)
            logger.LogError("Plugin {Name} is not reloaded: {Reason}", report.Plugin, problem);
        else if (report.Changed)
            logger.LogInformation("Plugin {Name} is reloaded: {Former} -> {Version}. {Remains}", report.Plugin, report.FormerVersion, report.Version, report.Remains);
        return report;
    }
}
