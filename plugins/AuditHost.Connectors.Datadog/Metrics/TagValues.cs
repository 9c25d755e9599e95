using System.Text;
using AuditHost.PluginKit.Metrics;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>A tag of a metric and the values it has had, as Datadog writes them. After 50 of them, what is new is <c>other</c>.</summary>
/// <param name="name">The tag's name.</param>
/// <param name="missing">What stands for no value.</param>
internal sealed class TagValues(string name, string missing = "unknown")
{
    /// <summary>The design's bound for the values of a label, <c>other</c> among them.</summary>
    public const int Limit = 50;

    private readonly byte[] _missing = Encoding.UTF8.GetBytes(missing);
    private readonly LabelValues _values = new(Limit, missing);

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
