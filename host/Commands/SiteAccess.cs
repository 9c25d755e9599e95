using AuditHost.Configuration;
using AuditHost.Dashboard;

namespace AuditHost.Commands;

/// <summary>Reaches a site for an operator: the running host through its socket, or else the data directory itself.</summary>
internal static class SiteAccess
{
    /// <summary>Does something with the site of a file.</summary>
    /// <param name="file">The site file.</param>
    /// <param name="readOnly">Whether the command only looks: then the data directory's lock is not taken.</param>
    /// <param name="action">What to do; its answer is the exit code.</param>
    /// <param name="stop">Ends the attempt to reach a running host.</param>
    /// <exception cref="Journal.DataDirectoryInUseException">A host holds the directory but does not answer.</exception>
    public static async Task<int> UseAsync(string file, bool readOnly, Func<ISiteControl, Task<int>> action, CancellationToken stop)
    {
        if (await FindRunningAsync(file, stop) is { } running)
        {
            await using (running)
                return await action(running);
        }

        using LoadedSite loaded = await LoadedSite.LoadAsync(file);
        if (!await loaded.ReportAsync(warnings: false))
            return ExitCode.Configuration;
        if (readOnly)
        {
            await using var offline = new OfflineSite(loaded.Options, loaded.EndpointsOf);
            return await action(offline);
        }

        await using Site site = await Site.OpenAsync(loaded.Options, loaded.Catalogue, loaded.Redactor, TimeProvider.System, loaded.Log);
        await using var control = new SiteControl(site, TimeProvider.System, new PluginExchange(site, loaded.Catalogue, loaded.Log.CreateLogger("plugins")));
        return await action(control);
    }

    /// <summary>
    /// The host that runs with this file. It knows its site; of the file, which may be in the middle of being edited, only the host's section is
    /// read.
    /// </summary>
    public static async Task<AdminClient?> FindRunningAsync(string file, CancellationToken stop) =>
        SiteLoader.FindDataDirectory(file, Environment.GetEnvironmentVariable) is { } directory ? await AdminClient.TryConnectAsync(directory, stop) : null;
}
