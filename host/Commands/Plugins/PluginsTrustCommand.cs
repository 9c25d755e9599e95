using System.CommandLine;
using AuditHost.Configuration.Options;
using AuditHost.Plugins;
using AuditHost.Plugins.Trust;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins trust</c>: the one step between a folder that was dropped in and a plugin that is loaded.</summary>
internal static class PluginsTrustCommand
{
    public static Command Create()
    {
        Argument<string> name = PluginsCommand.Name();
        Option<string> config = SiteArguments.Config();
        var command = new Command("trust", "Write the sums of a plugin's files into the lock file, so that it may be loaded.") { name, config };
        command.SetAction((parsed, _) =>
        {
            string file = parsed.GetRequiredValue(config);
            PluginOptions? site = PluginsCommand.FindHost(file)?.Plugins;
            return Task.FromResult(PluginsCommand.FindOwn(site, file, parsed.GetRequiredValue(name)) is { } folder ? Trust(folder, site!) : ExitCode.Failed);
        });
        return command;
    }

    private static int Trust(PluginFolder folder, PluginOptions site)
    {
        try
        {
            IReadOnlyList<FileSum> sums = FolderSums.Of(folder);
            string version = folder.ReadStamp().Version;
            PluginLock locked = PluginLock.Read(site.LockFile);
            IReadOnlyList<FileSum>? before = locked.Find(folder.Name);
            locked.Trust(folder.Name, sums);
            foreach (FileSum sum in sums)
                Console.WriteLine($"{sum.Sha256}  {sum.Path}");
            Console.WriteLine(Words(folder, version, sums, before, site.LockFile));
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is PluginRefusedException or InvalidDataException)
        {
            Console.Error.WriteLine($"audithost: {folder.Name} cannot be trusted. {exception.Message}");
            return ExitCode.Failed;
        }
    }

    private static string Words(PluginFolder folder, string version, IReadOnlyList<FileSum> sums, IReadOnlyList<FileSum>? before, string lockFile)
    {
        if (before is null)
            return $"{folder.Name} {version} is trusted: {Counted.Of(sums.Count, "file")}, listed in {lockFile}.";
        IReadOnlyList<string> differences = new TrustedFolder(string.Empty, before, string.Empty, string.Empty).DifferencesTo(sums);
        return differences.Count == 0
            ? $"{folder.Name} {version} was trusted already; nothing is changed."
            : $"{folder.Name} {version} is trusted instead of what was: {string.Join(", ", differences)}. A running host takes it over with 'audithost plugins reload {folder.Name}'.";
    }
}
