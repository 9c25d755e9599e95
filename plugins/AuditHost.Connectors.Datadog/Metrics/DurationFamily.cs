using System.Runtime.InteropServices;
using System.Text;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>The values of a distribution for one batch, by one tag. Not safe for several threads: whoever owns the family locks.</summary>
internal sealed class DurationFamily(string name, TagValues tag)
{
    private readonly List<double>[] _values = [.. Enumerable.Range(0, tag.Limit).Select(static _ => new List<double>())];

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public TagValues Tag => tag;

    /// <summary>Whether no value is there.</summary>
    public bool IsEmpty { get; private set; } = true;

    public void Add(double value, int number)
    {
        _values[number].Add(value);
        IsEmpty = false;
    }

    /// <summary>The values under a tag value's number.</summary>
    public ReadOnlySpan<double> Values(int number) => CollectionsMarshal.AsSpan(_values[number]);

    public void Clear()
    {
        foreach (List<double> values in _values)
            values.Clear();
        IsEmpty = true;
    }
}
