using AuditHost.Dashboard;
using AuditHost.Journal;

namespace AuditHost.Commands;

/// <summary>Reaches a site for an operator: the running host through its socket, or else the data directory itself.</summary>
internal sealed class SiteAccess : IAsyncDisposable
{
    private readonly Site? _site;

    private SiteAccess(ISiteControl control, Site? site)
    {
        Control = control;
        _site = site;
    }

    public ISiteControl Control { get; }

    /// <param name="loaded">The site.</param>
    /// <param name="readOnly">Whether the command only looks: then the data directory's lock is not taken.</param>
    /// <param name="cancellationToken">Ends the attempt to reach a running host.</param>
    /// <exception cref="DataDirectoryInUseException">A host holds the directory but does not answer.</exception>
    public static async Task<SiteAccess> OpenAsync(LoadedSite loaded, bool readOnly, CancellationToken cancellationToken)
    {
        if (await AdminClient.TryConnectAsync(loaded.Options.Host.DataDirectory, cancellationToken) is { } client)
            return new SiteAccess(client, null);
        if (readOnly)
            return new SiteAccess(new OfflineSite(loaded.Options, loaded.EndpointsOf), null);
        Site site = await Site.OpenAsync(
            loaded.Options, loaded.Catalogue, loaded.Redactor.Redact, TimeProvider.System, loaded.Log);
        return new SiteAccess(new SiteControl(site, TimeProvider.System, new PluginExchange(site, loaded.Catalogue, loaded.Log.CreateLogger("plugins"))), site);
    }

    /// <summary>Does something with the site of a file.</summary>
    /// <param name="file">The site file.</param>
    /// <param name="readOnly">Whether the command only looks.</param>
    /// <param name="action">What to do; its answer is the exit code.</param>
    /// <param name="stop">Ends the attempt to reach a running host.</param>
    public static async Task<int> UseAsync(string file, bool readOnly, Func<ISiteControl, Task<int>> action, CancellationToken stop)
    {
        using LoadedSite loaded = await LoadedSite.LoadAsync(file);
        if (!await loaded.ReportAsync(warnings: false))
            return ExitCode.Configuration;
        await using SiteAccess access = await OpenAsync(loaded, readOnly, stop);
        return await action(access.Control);
    }

    public async ValueTask DisposeAsync()
    {
        await Control.DisposeAsync();
        if (_site is not null)
            await _site.DisposeAsync();
    }
}
