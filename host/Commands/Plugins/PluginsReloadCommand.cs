using System.CommandLine;
using AuditHost.Dashboard;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins reload</c>: has a running host take over what lies in the plugins directory now.</summary>
internal static class PluginsReloadCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "One folder; without it, each of the site's own that changed.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("reload", "Have the running host take over new versions of plugins, without a stop and without a loss.") { name, config, json };
        command.SetAction(async (parsed, stop) =>
        {
            string file = parsed.GetRequiredValue(config);
            if (PluginsCommand.FindHost(file) is not { } host)
            {
                await Console.Error.WriteLineAsync($"audithost: there is no site file {file}.");
                return ExitCode.Configuration;
            }

            if (await AdminClient.TryConnectAsync(host.DataDirectory, stop) is not { } client)
            {
                await Console.Error.WriteLineAsync($"audithost: no host runs on {host.DataDirectory}. The next one to start there loads the plugins as they are.");
                return ExitCode.Failed;
            }

            await using (client)
                return await ReloadAsync(client, parsed.GetValue(name), parsed.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> ReloadAsync(AdminClient client, string? name, bool json, CancellationToken stop)
    {
        IReadOnlyList<PluginReloadReport> reports = await client.ReloadPluginsAsync(name, stop);
        if (json)
            Output.Json(reports, AdminJson.Default.IReadOnlyListPluginReloadReport);
        else if (reports.Count == 0)
            Console.WriteLine("The site has no plugins of its own.");
        else
            foreach (PluginReloadReport report in reports)
                Console.WriteLine(Words(report));
        return reports.All(report => report.Problem is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Words(PluginReloadReport report)
    {
        if (report.Problem is { } problem)
            return $"{report.Plugin}: not reloaded. {problem}";
        if (!report.Changed)
            return $"{report.Plugin} {report.Version}: as it is loaded; nothing to do.";
        string change = report.FormerVersion is { } former ? $"{report.Plugin}: {former} -> {report.Version}" : $"{report.Plugin} {report.Version}: new";
        string served = report.Destinations.Count == 0 ? "no destination uses it" : $"serves {string.Join(", ", report.Destinations)}";
        return report.Remains is { } remains ? $"{change}; {served}. {remains}" : $"{change}; {served}.";
    }
}
