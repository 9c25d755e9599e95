using System.Runtime.InteropServices;

namespace AuditHost.Load;

/// <summary>Where figures come from, without which they say nothing.</summary>
internal static class Machine
{
    public static string Describe(string folder)
    {
        string processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "?";
        return $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores ({processor}), {RuntimeInformation.OSDescription}, "
            + $"{new DriveInfo(folder).DriveFormat}, {RuntimeInformation.FrameworkDescription}";
    }
}
