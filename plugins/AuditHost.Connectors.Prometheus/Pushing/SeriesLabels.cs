using System.Text;
using AuditHost.Connectors.Prometheus.Metrics;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>Puts the labels of a series in the order that remote write demands: by name, the metric's own among them as <c>__name__</c>.</summary>
/// <param name="common">Labels that every series gets.</param>
internal sealed class SeriesLabels(IReadOnlyDictionary<string, string> common)
{
    private static readonly byte[] NameLabel = "__name__"u8.ToArray();

    private readonly Label[] _common = [.. common.Select(label => new Label(Encoding.UTF8.GetBytes(label.Key), Encoding.UTF8.GetBytes(label.Value)))];
    private readonly List<Label> _labels = [];

    /// <summary>All labels of a series. The list is used again.</summary>
    public List<Label> Of(byte[] name, ReadOnlySpan<Label> labels)
    {
        _labels.Clear();
        _labels.Add(new Label(NameLabel, name));
        _labels.AddRange(_common);
        _labels.AddRange(labels);
        _labels.Sort(static (one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        return _labels;
    }
}
