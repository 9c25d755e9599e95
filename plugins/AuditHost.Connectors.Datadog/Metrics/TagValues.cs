using System.Text;
using AuditHost.PluginKit.Metrics;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>A tag of a metric and the values it has had, as Datadog writes them. Beyond a limit, what is new is <c>other</c>.</summary>
/// <param name="name">The tag's name.</param>
/// <param name="missing">What stands for no value.</param>
/// <param name="limit">The most values, <c>other</c> among them.</param>
internal sealed class TagValues(string name, string missing = "unknown", int limit = TagValues.UsualLimit)
{
    /// <summary>The design's bound for the values of a label.</summary>
    public const int UsualLimit = 50;

    private readonly byte[] _missing = Encoding.UTF8.GetBytes(missing);
    private readonly LabelValues _values = new(limit, missing);

    public int Limit => limit;

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    public byte[] this[int number] => _values[number];

    /// <summary>The number of an event's value.</summary>
    public int NumberOf(EventValue value)
    {
        if (value.Kind is not (EventValueKind.String or EventValueKind.Number or EventValueKind.Boolean))
            return _values.IndexOf(_missing);
        using var text = new DecodedText(value);
        return NumberOf(text.Utf8);
    }

    /// <summary>The number of a text.</summary>
    public int NumberOf(ReadOnlySpan<byte> text)
    {
        Span<byte> normal = stackalloc byte[TagText.MaxValueBytes];
        int length = TagText.Normalize(text, normal);
        return _values.IndexOf(length == 0 ? _missing : normal[..length]);
    }
}
