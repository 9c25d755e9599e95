using System.Globalization;

namespace AuditHost.Load;

/// <summary>What a process has used so far, from <c>/proc</c>.</summary>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="PeakMegabytes">The most memory it had at a time, <c>VmHWM</c>.</param>
/// <param name="WrittenBytes">What it caused to be written to disks, in whole pages of the cache; <c>write_bytes</c>.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, double PeakMegabytes, long WrittenBytes)
{
    /// <summary>The unit of <c>/proc/PID/stat</c> on every Linux of today.</summary>
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        double kilobytes = double.Parse(Value($"/proc/{process}/status", "VmHWM:"), CultureInfo.InvariantCulture);
        long written = long.Parse(Value($"/proc/{process}/io", "write_bytes:"), CultureInfo.InvariantCulture);
        return new ProcessUsage(ticks / TicksPerSecond, kilobytes / 1024, written);
    }

    private static string Value(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t').First(part => part.Length > 0 && char.IsAsciiDigit(part[0]));
}
