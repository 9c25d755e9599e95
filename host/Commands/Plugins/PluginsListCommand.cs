using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Dashboard;
using AuditHost.Plugins;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins list</c>: of a running host what it has loaded, else what it would load.</summary>
internal static class PluginsListCommand
{
    public static Command Create()
    {
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("list", "List every plugin folder, those that do not serve with the reason.") { config, json };
        command.SetAction(async (parsed, stop) =>
        {
            IReadOnlyList<PluginDescription> plugins = await FindAsync(PluginsCommand.FindHost(parsed.GetRequiredValue(config)), stop);
            if (parsed.GetValue(json))
                Output.Json(plugins, AdminJson.Default.IReadOnlyListPluginDescription);
            else
                Output.Table(
                    ["plugin", "version", "SDK", "status", "trusted by", "provides"],
                    plugins.Select(plugin => new[]
                    {
                        plugin.Name, plugin.Version, plugin.SdkVersion, StatusReport.NameOf(plugin.Status.ToString()), plugin.TrustedBy ?? "-", Provides(plugin),
                    }));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<PluginDescription>> FindAsync(HostOptions? host, CancellationToken stop)
    {
        if (host is not null && await AdminClient.TryConnectAsync(host.DataDirectory, stop) is { } client)
        {
            await using (client)
                return await client.ListPluginsAsync(stop);
        }

        using PluginCatalogue catalogue = PluginsCommand.Load(host?.Plugins);
        return catalogue.Plugins;
    }

    private static string Provides(PluginDescription plugin)
    {
        if (plugin.Reason is { } reason)
            return reason;
        string types = string.Join(", ", plugin.Types);
        return plugin.LeftInMemory == 0 ? types : $"{types}; {Counted.Of(plugin.LeftInMemory, "former version")} still in memory";
    }
}
