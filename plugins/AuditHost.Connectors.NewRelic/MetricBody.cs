using System.Globalization;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Writes requests of the Metric API ("Report metrics via the Metric API"). Events are counted by the minute in which they happened, so that it does
/// not matter how a journal was cut into batches: New Relic adds the points of one series up.
/// </summary>
internal sealed class MetricBody : ITelemetryBody
{
    private const int IntervalMilliseconds = 60_000;
    private const int LongestDouble = 32;

    private readonly CommonAttributes _common;
    private readonly EventFigures _figures;

    /// <exception cref="SettingsException">The names of metrics cannot begin so.</exception>
    public MetricBody(NewRelicSettings settings, CommonAttributes common)
    {
        _common = common;
        bool isPrefix = settings.MetricPrefix.Length <= 100 && settings.MetricPrefix.All(one => char.IsAsciiLetterOrDigit(one) || one is ':' or '_' or '.');
        if (!isPrefix)
            throw new SettingsException("metric_prefix", "Not the beginning of a metric's name. Use letters, digits, ':', '.' and '_', at most 100");
        _figures = new EventFigures(settings.MetricPrefix);
        string? same = _figures.Names.FirstOrDefault(settings.CommonAttributes.ContainsKey);
        if (same is not null)
            throw new SettingsException($"common_attributes.{same}", "A metric has this name, and New Relic drops a metric with an attribute of the same name. Rename it");
    }

    public TelemetryKind Kind => TelemetryKind.Metrics;

    public string ContentType => "application/json";

    public ReadOnlyMemory<byte> Empty { get; } = "[]"u8.ToArray();

    public string? Refuse(in OutboundEvent outbound, string contentType) => null;

    public void Write(BatchPlan plan, PooledBuffer body)
    {
        using var points = new MetricPoints();
        using var head = new PooledBuffer(512);
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (plan.Wants(index, TelemetryKind.Metrics))
                _figures.Add(plan.Batch[index].Event, plan.IsLate(index, TelemetryKind.Metrics), head, points);
        }

        var json = new JsonWriter(body);
        json.BeginArray();
        WriteBlock(points, isLate: false, ref json);
        WriteBlock(points, isLate: true, ref json);
        json.EndArray();
        json.Flush();
    }

    /// <summary>Points without a time of their own stand in a block without one, which New Relic reads at the time of arrival.</summary>
    private void WriteBlock(MetricPoints points, bool isLate, ref JsonWriter json)
    {
        bool hasBegun = false;
        for (int index = 0; index < points.Count; index++)
        {
            ref readonly MetricPoint point = ref points[index];
            if (point.IsLate != isLate)
                continue;
            if (!hasBegun)
                BeginBlock(ref json);
            hasBegun = true;
            json.BeginObject();
            json.Literal(points.HeadOf(index));
            json.Name("value"u8);
            if (point.IsCount)
                json.Number(point.Count);
            else
                WriteSummary(point, ref json);
            json.EndObject();
        }

        if (!hasBegun)
            return;
        json.EndArray();
        json.EndObject();
    }

    private void BeginBlock(ref JsonWriter json)
    {
        json.BeginObject();
        json.Name("common"u8);
        json.BeginObject();
        json.Name("interval.ms"u8);
        json.Number(IntervalMilliseconds);
        json.Name("attributes"u8);
        json.BeginObject();
        json.Literal(_common.Json);
        json.EndObject();
        json.EndObject();
        json.Name("metrics"u8);
        json.BeginArray();
    }

    private static void WriteSummary(in MetricPoint point, ref JsonWriter json)
    {
        json.BeginObject();
        json.Name("count"u8);
        json.Number(point.Count);
        WriteNumber("sum"u8, point.Sum, ref json);
        WriteNumber("min"u8, point.Min, ref json);
        WriteNumber("max"u8, point.Max, ref json);
        json.EndObject();
    }

    private static void WriteNumber(scoped ReadOnlySpan<byte> name, double value, ref JsonWriter json)
    {
        Span<byte> text = stackalloc byte[LongestDouble];
        value.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        json.Name(name);
        json.Literal(text[..length]);
    }
}
