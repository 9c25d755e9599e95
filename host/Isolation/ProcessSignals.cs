using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AuditHost.Isolation;

/// <summary>Ends a plugin's process together with what it started.</summary>
internal static partial class ProcessSignals
{
    private const int Kill = 9;
    private const int SignalBase = 128;

    private static readonly Dictionary<int, string> Names = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM",
    };

    /// <summary>Ends a process and its whole group: it made itself the leader of one.</summary>
    public static void KillWithGroup(Process process)
    {
        try
        {
            KillGroup(process.Id);
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    /// <summary>
    /// Ends what a process left behind. Only at once after its end: later the number may be another's.
    /// </summary>
    public static void KillGroup(int leader)
    {
        if (!OperatingSystem.IsWindows())
            _ = SendSignal(-leader, Kill);
    }

    /// <summary>How it ended, in words.</summary>
    public static string Describe(int exitCode) => exitCode > SignalBase && Names.TryGetValue(exitCode - SignalBase, out string? signal)
        ? $"was ended by {signal}"
        : $"ended with exit code {exitCode}";

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
