using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Configuration.Secrets;
using AuditHost.Isolation;
using AuditHost.Lanes;
using AuditHost.Plugins;
using AuditHost.Sdk;
using AuditHost.Security;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuditHost.Commands;

/// <summary>A site file with the plugins it was checked against: where every command that needs a site begins.</summary>
internal sealed class LoadedSite : IDisposable
{
    private LoadedSite(SiteLoadResult result, PluginCatalogue catalogue, HostLog log)
    {
        Result = result;
        Catalogue = catalogue;
        Log = log;
    }

    public SiteLoadResult Result { get; }

    public PluginCatalogue Catalogue { get; }

    public HostLog Log { get; }

    /// <summary>The site; only where <see cref="Result"/> has no errors.</summary>
    public SiteOptions Options => Result.Site ?? throw new InvalidOperationException("The site file has errors.");

    public Redactor Redactor { get; private set; } = new([]);

    /// <summary>Loads the plugins, then reads and checks the site file.</summary>
    /// <param name="path">The site file.</param>
    /// <param name="level">The least that the log shows.</param>
    /// <param name="json">Whether the log is written as JSON.</param>
    public static async Task<LoadedSite> LoadAsync(string path, LogLevel level = LogLevel.Warning, bool json = false)
    {
        var log = new HostLog(level, json);
        PluginOptions? plugins = SiteLoader.FindHost(path, Environment.GetEnvironmentVariable)?.Plugins;
        PluginCatalogue catalogue = PluginPlaces.Load(plugins, log.CreateLogger("plugins"));
        string baseDirectory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        SiteLoadResult result = await SiteLoader.LoadAsync(
            path, catalogue, Environment.GetEnvironmentVariable,
            (destination, warnings) => new DestinationContext(destination, baseDirectory, TimeProvider.System, warnings),
            new ProcessCheck(catalogue, baseDirectory, TimeProvider.System).RunAsync);
        var loaded = new LoadedSite(result, catalogue, log);
        if (result.Site is { } site)
        {
            loaded.Redactor = new Redactor(site.Secrets);
            log.Redactor = loaded.Redactor;
        }

        return loaded;
    }

    /// <summary>Prints what was found: errors always, the rest where asked for.</summary>
    /// <returns>Whether the site can be used.</returns>
    public async Task<bool> ReportAsync(bool warnings, bool notes = false)
    {
        foreach (Diagnostic diagnostic in Result.Diagnostics)
        {
            bool show = diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => true,
                DiagnosticSeverity.Warning => warnings,
                _ => notes,
            };
            if (show)
                await Console.Error.WriteLineAsync(diagnostic.ToString());
        }

        return Result.Site is not null;
    }

    /// <summary>Where a destination leads, in words for the operator.</summary>
    public IReadOnlyList<string> EndpointsOf(DestinationOptions destination) =>
        Catalogue.TryGetConnector(destination.Type, out ConnectorFactory? factory)
            ? DestinationEndpoints.Of(factory, destination, Options.BaseDirectory, Redactor.Redact)
            : [];

    public void Dispose()
    {
        Catalogue.Dispose();
        Log.Dispose();
    }
}
