using System.CommandLine;
using AuditHost.Plugins.Trust;

namespace AuditHost.Commands.Plugins;

/// <summary><c>plugins distrust</c>: takes <c>plugins trust</c> back.</summary>
internal static class PluginsDistrustCommand
{
    public static Command Create()
    {
        Argument<string> name = PluginsCommand.Name();
        Option<string> config = SiteArguments.Config();
        var command = new Command("distrust", "Take a plugin off the lock file: it is not loaded any more.") { name, config };
        command.SetAction((parsed, _) =>
        {
            string file = parsed.GetRequiredValue(config);
            string wanted = parsed.GetRequiredValue(name);
            if (PluginsCommand.FindHost(file)?.Plugins is not { } site)
            {
                Console.Error.WriteLine($"audithost: {file} has no host.plugins.directory, so nothing is trusted by it.");
                return Task.FromResult(ExitCode.Failed);
            }

            if (!PluginLock.Read(site.LockFile).Distrust(wanted))
            {
                Console.Error.WriteLine($"audithost: {site.LockFile} does not list {wanted}.");
                return Task.FromResult(ExitCode.Failed);
            }

            Console.WriteLine($"{wanted} is trusted no more. A host that runs keeps what it has loaded until it is started again.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
