using System.CommandLine;
using AuditHost.Dashboard;

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
            using LoadedSite loaded = await LoadedSite.LoadAsync(parsed.GetRequiredValue(config));
            if (!await loaded.ReportAsync(warnings: false))
                return ExitCode.Configuration;
            string data = loaded.Options.Host.DataDirectory;
            AdminClient? client = await AdminClient.TryConnectAsync(data, stop);
            if (client is null)
            {
                await Console.Error.WriteLineAsync($"audithost: no host runs on {data}. Start one with 'audithost run', or let 'audithost run --once' read the file.");
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
