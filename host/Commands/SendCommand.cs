using System.CommandLine;

namespace AuditHost.Commands;

/// <summary><c>send</c>: hands events to the running host.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        Argument<string> file = EventFile.Argument();
        Option<string> config = SiteArguments.Config();
        var command = new Command("send", "Send events to the running host. Accepted means durable.") { file, config };
        command.SetAction(async (parsed, stop) =>
        {
            string site = parsed.GetRequiredValue(config);
            if (await SiteAccess.FindRunningAsync(site, stop) is not { } client)
            {
                using LoadedSite loaded = await LoadedSite.LoadAsync(site);
                if (!await loaded.ReportAsync(warnings: false))
                    return ExitCode.Configuration;
                await Console.Error.WriteLineAsync($"audithost: no host runs on {loaded.Options.Host.DataDirectory}. Start one with 'audithost run', or let 'audithost run --once' read the file.");
                return ExitCode.Failed;
            }

            await using (client)
            {
                var sink = new RemoteSink(client);
                try
                {
                    await EventFile.PumpAsync(parsed.GetRequiredValue(file), sink, stop);
                }
                finally
                {
                    Console.WriteLine($"{Counted.Of(sink.Accepted, "event")} accepted{(sink.Duplicates > 0 ? $", {sink.Duplicates:N0} of them known already" : string.Empty)}.");
                }

                return ExitCode.Done;
            }
        });
        return command;
    }
}
