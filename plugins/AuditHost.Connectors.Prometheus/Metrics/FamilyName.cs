using System.Text;

namespace AuditHost.Connectors.Prometheus.Metrics;

/// <summary>One name that a family's series stand under. A family with a given name that breaks a rule has a second one that keeps them.</summary>
/// <param name="name">The whole name, prefix included.</param>
/// <param name="type">What it is.</param>
/// <param name="help">What it says, in one line.</param>
/// <param name="divisor">What values are divided by, for names in another unit.</param>
internal sealed class FamilyName(string name, MetricType type, string help, double divisor = 1)
{
    private const string Total = "_total";

    public MetricType Type => type;

    public double Divisor => divisor;

    public byte[] Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>OpenMetrics calls a counter's family by the name without <c>_total</c>.</summary>
    public byte[] OpenMetricsName { get; } =
        Encoding.UTF8.GetBytes(type == MetricType.Counter && name.EndsWith(Total, StringComparison.Ordinal) ? name[..^Total.Length] : name);

    public byte[] Help { get; } = Encoding.UTF8.GetBytes(help);

    public byte[] Bucket { get; } = Encoding.UTF8.GetBytes(name + "_bucket");

    public byte[] Sum { get; } = Encoding.UTF8.GetBytes(name + "_sum");

    public byte[] Count { get; } = Encoding.UTF8.GetBytes(name + "_count");
}
