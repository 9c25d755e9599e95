using System.Text;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>
/// Series of one metric, told apart by up to three tags, and their values for one batch. Each combination of tag values has a fixed place in an array,
/// so that counting allocates nothing. Not safe for several threads: whoever owns the family locks.
/// </summary>
internal sealed class SeriesFamily
{
    /// <summary>The design's bound for the combinations of a metric; the last of them takes what finds no place.</summary>
    public const int MaxSeries = 1000;

    private readonly TagValues[] _tags;
    private readonly double[] _values;
    private readonly bool[] _known;
    private readonly bool[] _present;
    private readonly int[] _places = new int[MaxSeries];
    private int _knownCount;

    public SeriesFamily(string name, MetricType type, params TagValues[] tags)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Type = type;
        _tags = tags;
        int places = tags.Aggregate(1, static (places, tag) => places * tag.Limit);
        _values = new double[places];
        _known = new bool[places];
        _present = new bool[places];
    }

    public byte[] Name { get; }

    public MetricType Type { get; }

    /// <summary>How many series have a value.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<TagValues> Tags => _tags;

    public void Add(double amount, params ReadOnlySpan<int> numbers) => _values[PlaceOf(numbers)] += amount;

    public void Set(double value, params ReadOnlySpan<int> numbers) => _values[PlaceOf(numbers)] = value;

    /// <summary>The value of a series, by its number in the order they came.</summary>
    public double Value(int series) => _values[_places[series]];

    /// <summary>The value of a tag of a series.</summary>
    public ReadOnlySpan<byte> TagOf(int series, int tag)
    {
        int place = _places[series];
        for (int behind = _tags.Length - 1; behind > tag; behind--)
            place /= _tags[behind].Limit;
        return _tags[tag][place % _tags[tag].Limit];
    }

    /// <summary>Forgets the values, and keeps the places.</summary>
    public void Clear()
    {
        for (int series = 0; series < Count; series++)
        {
            _values[_places[series]] = 0;
            _present[_places[series]] = false;
        }

        Count = 0;
    }

    private int PlaceOf(ReadOnlySpan<int> numbers)
    {
        int place = 0;
        for (int tag = 0; tag < numbers.Length; tag++)
            place = (place * _tags[tag].Limit) + numbers[tag];
        if (!_known[place])
        {
            // All of them other.
            if (_knownCount >= MaxSeries - 1)
                place = _values.Length - 1;
            _knownCount += _known[place] ? 0 : 1;
            _known[place] = true;
        }

        if (!_present[place])
            _places[Count++] = place;
        _present[place] = true;
        return place;
    }
}
