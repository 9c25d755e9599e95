using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AuditHost.Load;

/// <summary>
/// What loading every built-in plugin takes: a process that opens, checks and loads them all against one that only says its version, in turn.
/// </summary>
internal sealed partial class LoadingRun(string executable)
{
    private const int Rounds = 11;

    /// <exception cref="IOException">A plugin was not loaded.</exception>
    public void Run()
    {
        int plugins = 0;
        var loading = new List<double>();
        var alone = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            alone.Add(Time(["--version"]).Milliseconds);
            (double milliseconds, string output) = Time(["plugins", "list"]);
            loading.Add(milliseconds);
            plugins = LoadedPlugin().Count(output);
            if (plugins == 0 || plugins != BuiltIn().Count(output))
                throw new IOException($"Not every built-in plugin was loaded:\n{output}");
        }

        loading.Sort();
        alone.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {plugins} plugins checked and loaded: {loading[Rounds / 2] - alone[Rounds / 2]:F0} ms (medians of {Rounds}: the whole process {loading[Rounds / 2]:F0} ms, at most {loading[^1]:F0} ms; one without plugins {alone[Rounds / 2]:F0} ms)"));
    }

    private (double Milliseconds, string Output) Time(string[] arguments)
    {
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(begin).TotalMilliseconds, output);
    }

    [GeneratedRegex(@"^AuditHost\.\S+ +\S+ +\S+ +loaded", RegexOptions.Multiline)]
    private static partial Regex LoadedPlugin();

    [GeneratedRegex(@"^AuditHost\.", RegexOptions.Multiline)]
    private static partial Regex BuiltIn();
}
