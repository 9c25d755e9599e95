using System.Text.RegularExpressions;

namespace AuditHost.EndToEnd.Kernel;

/// <summary>Debian's <c>strace</c>: counts the host's system calls, and makes chosen ones fail in the real kernel.</summary>
internal static partial class Strace
{
    private const string Calls = "fdatasync,fsync,pwrite64,fallocate,ftruncate,unlink";

    private static readonly string Unpacked = Path.Combine(Repository.Root, "artifacts", "test-tools", "strace");

    /// <summary>Where <c>tests/install</c> unpacked it, or on the path.</summary>
    private static readonly string? Program =
        new[] { Path.Combine(Unpacked, "usr", "bin", "strace") }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Select(folder => Path.Combine(folder, "strace")))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// What starts the host under its eyes. The tracer is the grandchild, so that the process started is the host itself.
    /// </summary>
    public static string[] Launcher(string log, SystemCallFault? fault)
    {
        Assert.True(Program is not null, "strace is not installed: run tests/install");
        string[] inject = fault is null ? [] : ["-e", $"inject={fault}"];

        // Where the kernel's own filter picks the calls, a signal that goes with one gets lost.
        string[] filter = fault is { Kills: true } ? [] : ["--seccomp-bpf"];
        return [Program, "-D", "-f", "-y", .. filter, "-qq", "-e", $"trace={Calls}", "-e", "signal=none", .. inject, "-o", log];
    }

    /// <summary>The most calls of a kind that one thread made: each counts its own, and so do faults.</summary>
    public static int Count(string log, string call) => CallsOf(log, call)
        .CountBy(match => match.Groups["thread"].Value)
        .Select(pair => pair.Value)
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>Which of a thread's calls of a kind concerned a folder, counted from 1, over all threads.</summary>
    public static int[] Places(string log, string call, string folder) =>
    [
        .. CallsOf(log, call)
            .GroupBy(match => match.Groups["thread"].Value)
            .SelectMany(thread => thread.Select((match, index) => (Place: index + 1, Arguments: match.Groups["arguments"].Value)))
            .Where(call => call.Arguments.Contains(folder, StringComparison.Ordinal))
            .Select(call => call.Place)
            .Distinct()
            .Order(),
    ];

    /// <summary>How often the fault came up; a kill leaves no trace.</summary>
    public static int Fired(string log, SystemCallFault fault) => fault.Action.StartsWith("delay", StringComparison.Ordinal)
        ? Math.Max(0, Count(log, fault.Call) - fault.First + 1)
        : Injected().Count(File.ReadAllText(log));

    private static IEnumerable<Match> CallsOf(string log, string call) =>
        Traced().Matches(File.ReadAllText(log)).Where(match => match.Groups["call"].Value == call);

    [GeneratedRegex(@"^(?<thread>\d+) +(?<call>\w+)\((?<arguments>.*)", RegexOptions.Multiline)]
    private static partial Regex Traced();

    [GeneratedRegex(@"\(INJECTED\)")]
    private static partial Regex Injected();
}
