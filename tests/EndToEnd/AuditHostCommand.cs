using System.Diagnostics;

namespace AuditHost.EndToEnd;

/// <summary>Runs one command of the executable to its end.</summary>
internal static class AuditHostCommand
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) =>
        RunAsync(folder, null, new Dictionary<string, string>(), arguments);

    /// <param name="folder">Where it runs.</param>
    /// <param name="input">Writes its standard input; <see langword="null"/> for an empty one.</param>
    /// <param name="environment">Variables besides the test's own.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<CommandResult> RunAsync(
        string folder, Func<Stream, Task>? input, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(folder, environment, arguments);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
            if (input is not null)
                await WriteAsync(process.StandardInput.BaseStream, input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'audithost {string.Join(' ', arguments)}' did not end within {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            process.Kill();
        }
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(folder, [], environment, arguments);

    /// <param name="folder">Where it runs.</param>
    /// <param name="launcher">A program, with its arguments, that turns into the host; empty for none.</param>
    /// <param name="environment">Variables besides the test's own.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(string folder, string[] launcher, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string[] command = [.. launcher, Repository.Executable, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("AUDITHOST_CONFIG");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task WriteAsync(Stream stream, Func<Stream, Task> input)
    {
        try
        {
            await input(stream);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and its words tell why.
        }
    }
}
