using System.CommandLine;
using AuditHost.Configuration;
using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins</c>: what each of its commands has in common.</summary>
internal static class PluginsCommand
{
    public static Command Create() => new("plugins", "See, trust, check and reload plugins.")
    {
        PluginsListCommand.Create(),
        PluginsDescribeCommand.Create(),
        PluginsTrustCommand.Create(),
        PluginsDistrustCommand.Create(),
        PluginsVerifyCommand.Create(),
        PluginsReloadCommand.Create(),
    };

    public static Argument<string> Name() => new("name") { Description = "The plugin's folder." };

    /// <summary>What the site file says of the machine; <see langword="null"/> without a site file, where only the built-in plugins count.</summary>
    public static HostOptions? FindHost(string config) =>
        File.Exists(config) ? SiteLoader.FindHost(config, Environment.GetEnvironmentVariable) : null;

    public static PluginCatalogue Load(PluginOptions? site)
    {
        using var log = new HostLog(LogLevel.None, json: false);
        return PluginPlaces.Load(site, log.CreateLogger("plugins"));
    }

    /// <summary>Finds a folder of the site's own, or says why there is none.</summary>
    public static PluginFolder? FindOwn(PluginOptions? site, string config, string name)
    {
        if (site is null)
        {
            Console.Error.WriteLine($"audithost: {config} has no host.plugins.directory, so the site has no plugins of its own.");
            return null;
        }

        if (PluginFolder.Find(site.Directory, name, builtIn: false) is { } folder)
            return folder;
        string[] known = Directory.Exists(site.Directory) ? [.. PluginFolder.In(site.Directory, builtIn: false).Select(other => other.Name)] : [];
        string hint = NearestName.Find(name, known) is { } nearest ? $"; did you mean {nearest}?" : known.Length > 0 ? $"; there are {string.Join(", ", known)}." : ", nor any other.";
        Console.Error.WriteLine($"audithost: there is no folder {name} in {site.Directory}{hint}");
        return null;
    }
}
