using System.Globalization;

namespace AuditHost.Load;

/// <summary>What a process has used so far, from <c>/proc</c>.</summary>
internal readonly record struct ProcessUsage(double CpuSeconds, double PeakMegabytes)
{
    /// <summary>The unit of <c>/proc/PID/stat</c> on every Linux of today.</summary>
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        string peak = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        double kilobytes = double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return new ProcessUsage(ticks / TicksPerSecond, kilobytes / 1024);
    }
}
