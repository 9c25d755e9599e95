using AuditHost.PluginKit.Metrics;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Counters or gauges: one value per series.</summary>
internal sealed class ValueFamily : MetricFamily
{
    private readonly double[] _values;

    public ValueFamily(IReadOnlyList<FamilyName> names, params (string Name, LabelValues Values)[] labels)
        : base(names, labels) => _values = new double[Places];

    /// <summary>Adds to a series.</summary>
    public void Add(double amount, int first = 0, int second = 0) => _values[PlaceOf(first, second)] += amount;

    /// <summary>Sets a series.</summary>
    public void Set(double value, int first = 0, int second = 0) => _values[PlaceOf(first, second)] = value;

    /// <summary>Forgets all series.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Forget();
    }

    protected override void WriteSeries(IMetricsWriter writer, FamilyName name, int place, Span<Label> labels) =>
        writer.Sample(name.Name, labels, _values[place] / name.Divisor);
}
