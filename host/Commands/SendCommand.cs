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
            using LoadedSite loaded = await LoadedSite.LoadAsync(parsed.GetRequiredValue(config)).ConfigureAwait(false);
            if (!await loaded.ReportAsync(warnings: false).ConfigureAwait(false))
                return ExitCode.Configuration;
            string data = loaded.Options.Host.DataDirectory;
            AdminClient? client = await AdminClient.TryConnectAsync(data, stop).ConfigureAwait(false);
            if (client is null)
            {
                await Console.Error.WriteLineAsync($"audithost: no host runs on {data}. Start one with 'audithost run', or let 'audithost run --once' read the file.").ConfigureAwait(false);
                return ExitCode.Failed;
            }

            await using (client.ConfigureAwait(false))
            {
                int failed = 0;
                await foreach (EventFile.Piece piece in EventFile.PiecesAsync(parsed.GetRequiredValue(file), stop).ConfigureAwait(false))
                {
                    using HttpResponseMessage response = await client.SendEventsAsync(piece.Lines, "application/x-ndjson", stop).ConfigureAwait(false);
                    string answer = await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
                    if (!response.IsSuccessStatusCode)
                        failed++;
                    await (response.IsSuccessStatusCode ? Console.Out : Console.Error).WriteLineAsync(answer).ConfigureAwait(false);
                }

                return failed == 0 ? ExitCode.Done : ExitCode.Failed;
            }
        });
        return command;
    }
}
