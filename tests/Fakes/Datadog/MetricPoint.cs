namespace AuditHost.Fakes.Datadog;

/// <summary>A point as it was taken.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Type">1 count, 2 rate, 3 gauge; 0 for a distribution.</param>
/// <param name="Host">The host.</param>
/// <param name="Tags">The tags as Datadog writes them, in order.</param>
/// <param name="Second">The time, in seconds since 1970.</param>
/// <param name="Values">The value, or those of a distribution.</param>
public sealed record MetricPoint(string Metric, int Type, string Host, string Tags, long Second, IReadOnlyList<double> Values);
