using System.Runtime.InteropServices;

namespace AuditHost.Isolation.Child;

/// <summary>What a plugin's process gives up before any code of the plugin runs in it. Limits can be lowered and never raised again.</summary>
internal static partial class OwnLimits
{
    private const int CoreSize = 4;
    private const int OpenFilesOfLinux = 7;
    private const int OpenFilesOfMac = 8;
    private const int NoNewPrivileges = 38;
    private const int Kill = 9;

    /// <summary>A group of its own, so that whatever it starts ends with it; no core dump, which would hold secrets; no set-uid program.</summary>
    public static void Apply()
    {
        if (OperatingSystem.IsWindows())
            return;
        _ = NewSession();
        _ = SetLimit(CoreSize, new Limit(0, 0));
        if (OperatingSystem.IsLinux())
            _ = ProcessControl(NoNewPrivileges, 1, 0, 0, 0);
    }

    public static void LimitOpenFiles(int most)
    {
        if (!OperatingSystem.IsWindows())
            _ = SetLimit(OperatingSystem.IsMacOS() ? OpenFilesOfMac : OpenFilesOfLinux, new Limit((ulong)most, (ulong)most));
    }

    /// <summary>Ends this process and its group at once, whatever the plugin is doing.</summary>
    public static void EndNow()
    {
        if (OperatingSystem.IsWindows())
            Environment.Exit(1);

        // The group only where it is its own, and not that of whoever started it.
        _ = SendSignal(GroupOf(0) == Environment.ProcessId ? 0 : Environment.ProcessId, Kill);
    }

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "getpgid", SetLastError = true)]
    private static partial int GroupOf(int process);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
