using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Plugins.Trust;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins verify</c>: compares each folder with what somebody vouches for. Runs no code of theirs.</summary>
internal static class PluginsVerifyCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "One folder; without it, every one.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> config = SiteArguments.Config();
        Option<bool> json = SiteArguments.Json();
        var command = new Command("verify", "Compare the files of the plugins with their sums.") { name, config, json };
        command.SetAction((parsed, _) =>
        {
            PluginOptions? site = PluginsCommand.FindHost(parsed.GetRequiredValue(config))?.Plugins;
            PluginFolder[] folders = [.. In(PluginPlaces.BuiltIn, builtIn: true), .. site is null ? [] : In(site.Directory, builtIn: false)];
            if (parsed.GetValue(name) is { } wanted)
            {
                folders = [.. folders.Where(folder => folder.Name == wanted)];
                if (folders.Length == 0)
                {
                    Console.Error.WriteLine($"audithost: there is no plugin folder {wanted}.");
                    return Task.FromResult(ExitCode.Failed);
                }
            }

            var trust = new PluginTrust(site);
            PluginVerdict[] verdicts = [.. folders.Select(folder => PluginVerdict.Of(folder, trust)), .. Gone(site, parsed.GetValue(name))];
            if (parsed.GetValue(json))
                Output.Json(verdicts, CommandJson.Default.IReadOnlyListPluginVerdict);
            else
                Output.Table(
                    ["plugin", "files", "trusted by", "verdict"],
                    verdicts.Select(verdict => new[] { verdict.Name, $"{verdict.Files}", verdict.TrustedBy ?? "-", verdict.Problem ?? "as trusted" }));
            return Task.FromResult(Array.TrueForAll(verdicts, verdict => verdict.Problem is null) ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static IEnumerable<PluginFolder> In(string directory, bool builtIn) =>
        Directory.Exists(directory) ? PluginFolder.In(directory, builtIn) : [];

    private static IEnumerable<PluginVerdict> Gone(PluginOptions? site, string? wanted)
    {
        if (site is null || wanted is not null)
            return [];
        HashSet<string> there = [.. In(site.Directory, builtIn: false).Select(folder => folder.Name)];
        return PluginLock.Read(site.LockFile).Folders
            .Where(folder => !there.Contains(folder))
            .Order(StringComparer.Ordinal)
            .Select(folder => new PluginVerdict(folder, 0, "lock file", $"Its folder is gone. Put it back, or run 'audithost plugins distrust {folder}'."));
    }
}
