using System.Globalization;

namespace AuditHost.Isolation;

/// <summary>What a process uses, as the kernel counts it.</summary>
/// <param name="ResidentBytes">Its memory.</param>
/// <param name="Threads">Its threads.</param>
internal readonly record struct ProcessUsage(long ResidentBytes, int Threads)
{
    /// <returns><see langword="null"/> where the kernel does not say: the process is gone, or this is no Linux.</returns>
    public static ProcessUsage? Of(int process)
    {
        try
        {
            long resident = 0;
            int threads = 0;
            foreach (string line in File.ReadLines($"/proc/{process}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                    resident = Number(line) * 1024;
                else if (line.StartsWith("Threads:", StringComparison.Ordinal))
                    threads = (int)Number(line);
            }

            return new ProcessUsage(resident, threads);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string line) => long.Parse(
        line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1).Trim().TrimEnd(" kB"), NumberStyles.None, CultureInfo.InvariantCulture);
}
