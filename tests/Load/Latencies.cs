using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Load;

/// <summary>Durations in ticks of <see cref="Stopwatch"/>, for their percentiles.</summary>
internal sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<long> _ticks = [];

    public void Add(long ticks)
    {
        lock (_gate)
            _ticks.Add(ticks);
    }

    /// <summary>A percentile in milliseconds.</summary>
    public double Percentile(double part)
    {
        lock (_gate)
        {
            _ticks.Sort();
            return At(part);
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            if (_ticks.Count == 0)
                return "not measured";
            _ticks.Sort();
            return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.50):F2} ms, p99 {At(0.99):F2} ms, p99.9 {At(0.999):F2} ms, most {At(1):F2} ms");
        }
    }

    private double At(double part) => _ticks[(int)((_ticks.Count - 1) * part)] * 1000.0 / Stopwatch.Frequency;
}
