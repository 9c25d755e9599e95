using System.Collections.Concurrent;

namespace AuditHost.Fakes.Datadog;

/// <summary>Points by series and second: of two, the last one stays. Of distributions all values stay.</summary>
public sealed class MetricStore
{
    private readonly ConcurrentDictionary<(string Metric, string Host, string Tags, long Second), MetricPoint> _points = new();

    public IReadOnlyCollection<MetricPoint> Points => [.. _points.Values];

    /// <summary>What a query for the sum over all time says.</summary>
    public double Sum(string metric, string tags = "") =>
        _points.Values.Where(point => point.Metric == metric && tags.Split(',', StringSplitOptions.RemoveEmptyEntries).All(tag => point.Tags.Split(',').Contains(tag))).Sum(point => point.Values.Sum());

    /// <summary>The points of a metric, in the order of their time.</summary>
    public IReadOnlyList<MetricPoint> Of(string metric) => [.. _points.Values.Where(point => point.Metric == metric).OrderBy(point => point.Second)];

    /// <returns>Whether another value was lost by it.</returns>
    internal bool Add(MetricPoint point)
    {
        var key = (point.Metric, point.Host, point.Tags, point.Second);
        bool lost = false;
        _points.AddOrUpdate(key, point, (_, before) =>
        {
            if (point.Type == 0)
                return point with { Values = [.. before.Values, .. point.Values] };
            lost = !before.Values.SequenceEqual(point.Values);
            return point;
        });
        return lost;
    }
}
