using System.Text;
using AuditHost.PluginKit.Metrics;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>
/// Series of one meaning, told apart by at most two labels. Each pair of label values has a fixed place in arrays, so that counting allocates
/// nothing. Not safe for several threads: whoever owns the family locks.
/// </summary>
internal abstract class MetricFamily
{
    /// <summary>The most series of a family; the last of them takes what finds no place.</summary>
    public const int MaxSeries = 1000;

    private readonly IReadOnlyList<FamilyName> _names;
    private readonly LabelValues[] _values;
    private readonly Label[] _labels;
    private readonly bool[] _present;
    private int _series;

    /// <param name="names">What its series stand under, each of them.</param>
    /// <param name="labels">The names of its labels and their values, at most two.</param>
    /// <param name="extraLabel">One that the kind of family adds behind them, for instance <c>le</c>.</param>
    protected MetricFamily(IReadOnlyList<FamilyName> names, (string Name, LabelValues Values)[] labels, string? extraLabel = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels.Length, 2);
        _names = names;
        _values = [.. labels.Select(label => label.Values)];
        _labels = [.. labels.Select(label => label.Name).Concat(extraLabel is null ? [] : [extraLabel]).Select(name => new Label(Encoding.UTF8.GetBytes(name), []))];
        Places = _values.Aggregate(1, (places, values) => places * values.Limit);
        _present = new bool[Places];
    }

    /// <summary>How many series there could be.</summary>
    protected int Places { get; }

    /// <summary>The values of a label.</summary>
    public LabelValues Values(int label) => _values[label];

    /// <summary>Writes all series under each of the names.</summary>
    public void WriteTo(IMetricsWriter writer)
    {
        if (_series == 0)
            return;
        foreach (FamilyName name in _names)
        {
            writer.Family(name);
            for (int place = 0; place < Places; place++)
            {
                if (_present[place])
                    WriteSeries(writer, name, place, LabelsOf(place));
            }
        }
    }

    protected abstract void WriteSeries(IMetricsWriter writer, FamilyName name, int place, Span<Label> labels);

    /// <summary>The place of a series, which is there from now on.</summary>
    protected int PlaceOf(int first, int second)
    {
        int place = _values.Length == 2 ? (first * _values[1].Limit) + second : first;
        if (_present[place])
            return place;
        if (_series >= MaxSeries - 1)
            place = _values.Length == 2 ? (_values[0].Other * _values[1].Limit) + _values[1].Other : _values[0].Other;
        if (!_present[place])
            _series++;
        _present[place] = true;
        return place;
    }

    /// <summary>Forgets all series.</summary>
    protected void Forget()
    {
        Array.Clear(_present);
        _series = 0;
    }

    private Span<Label> LabelsOf(int place)
    {
        if (_values.Length == 2)
        {
            (int first, int second) = Math.DivRem(place, _values[1].Limit);
            _labels[0] = _labels[0] with { Value = _values[0][first] };
            _labels[1] = _labels[1] with { Value = _values[1][second] };
        }
        else if (_values.Length == 1)
        {
            _labels[0] = _labels[0] with { Value = _values[0][place] };
        }

        return _labels;
    }
}
