using System.CommandLine;
using System.Text.Json;
using AuditHost.Sdk;

namespace AuditHost.Commands;

/// <summary>Runs a command and turns what it throws into one clear line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>
    /// The library would end a command that is told to stop after two seconds, whatever it is in the middle of; <c>run</c> has the site's
    /// own grace for that. So signals are not the library's.
    /// </summary>
    private static readonly InvocationConfiguration Configuration = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                await Console.Error.WriteLineAsync($"audithost: {error.Message}");
            await Console.Error.WriteLineAsync("Try 'audithost --help', or 'audithost COMMAND --help'.");
            return ExitCode.Usage;
        }

        try
        {
            using var signals = new StopSignals();
            return await parsed.InvokeAsync(Configuration, signals.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException or JsonException or SettingsException)
        {
            await Console.Error.WriteLineAsync($"audithost: {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
