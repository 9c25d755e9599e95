using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Metrics;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>Histograms with fixed buckets, told apart by one label.</summary>
internal sealed class HistogramFamily : MetricFamily
{
    private readonly double[] _bounds;
    private readonly byte[][] _boundTexts;
    private readonly long[] _counts;
    private readonly double[] _sums;

    /// <param name="names">What its series stand under.</param>
    /// <param name="bounds">The upper bounds of the buckets, rising; the one above all is added.</param>
    /// <param name="label">The name of its label and the values.</param>
    public HistogramFamily(IReadOnlyList<FamilyName> names, double[] bounds, (string Name, LabelValues Values) label)
        : base(names, [label], "le")
    {
        _bounds = bounds;
        _boundTexts = [.. bounds.Select(TextOf), "+Inf"u8.ToArray()];
        _counts = new long[Places * _boundTexts.Length];
        _sums = new double[Places];
    }

    public void Observe(double value, int label)
    {
        int place = PlaceOf(label, 0);
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
            bucket++;
        _counts[(place * _boundTexts.Length) + bucket]++;
        _sums[place] += value;
    }

    protected override void WriteSeries(IMetricsWriter writer, FamilyName name, int place, Span<Label> labels)
    {
        long total = 0;
        for (int bucket = 0; bucket < _boundTexts.Length; bucket++)
        {
            total += _counts[(place * _boundTexts.Length) + bucket];
            labels[^1] = labels[^1] with { Value = _boundTexts[bucket] };
            writer.Sample(name.Bucket, labels, total);
        }

        writer.Sample(name.Sum, labels[..^1], _sums[place]);
        writer.Sample(name.Count, labels[..^1], total);
    }

    /// <summary>As OpenMetrics writes it (<c>1.0</c>), in every format, so that a bucket is the same series however it was fetched.</summary>
    private static byte[] TextOf(double bound)
    {
        string text = bound.ToString(CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(text.Contains('.', StringComparison.Ordinal) ? text : text + ".0");
    }
}
