using System.Diagnostics;
using System.Globalization;

namespace AuditHost.EndToEnd;

/// <summary>The processes that run plugins of one site: those that work in its folder for temporary files.</summary>
internal static class ChildProcesses
{
    /// <summary>SIGSTOP: it is there and does nothing any more.</summary>
    public static async Task StopAsync(int process)
    {
        using Process kill = Process.Start("kill", ["-STOP", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public static IReadOnlyList<int> In(string folder)
    {
        var found = new List<int>();
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            try
            {
                if (new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget is { } workingDirectory && workingDirectory.StartsWith(folder + '/', StringComparison.Ordinal))
                    found.Add(int.Parse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at.
            }
        }

        return found;
    }
}
