using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.AppDynamics.Metrics;

/// <summary>
/// The event types that have metrics of their own, numbered in the order they came. There are never more than the limit, since each is a
/// metric that AppDynamics keeps: what comes after is <c>other</c>. The types of copybook-rs always have a place.
/// </summary>
internal sealed class TypeNames
{
    /// <summary>The most names, <c>other</c> among them.</summary>
    public const int Limit = 50;

    private const int Other = Limit - 1;
    private const string OtherName = "other";

    private static readonly string[] OfCopybook =
    [
        "CopybookParse", "DataValidation", "DataTransformation", "PerformanceMeasurement", "ComplianceCheck", "SecurityEvent", "LineageTracking",
        "ErrorEvent", "AccessEvent", "ConfigurationChange",
    ];

    private readonly Lock _lock = new();
    private readonly string[] _names = new string[Limit];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [OtherName] = Other };
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public TypeNames()
    {
        _names[Other] = OtherName;
        _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string name in OfCopybook)
            Add(name);
    }

    /// <summary>A name by its number.</summary>
    public string this[int number] => Volatile.Read(ref _names[number]);

    /// <summary>The number of an event's type; one without is <c>unknown</c>.</summary>
    public int NumberOf(EventValue type)
    {
        Span<char> level = stackalloc char[MetricPath.LongestName];
        using var text = new DecodedText(type);
        ReadOnlySpan<char> name = level[..MetricPath.Escape(text.Utf8, level)].Trim(' ');
        lock (_lock)
        {
            if (name.IsEmpty)
                name = "unknown";
            return _lookup.TryGetValue(name, out int number) ? number : Add(name);
        }
    }

    private int Add(ReadOnlySpan<char> name)
    {
        if (_count == Other)
            return Other;
        string kept = name.ToString();
        _names[_count] = kept;
        _numbers.Add(kept, _count);
        return _count++;
    }
}
