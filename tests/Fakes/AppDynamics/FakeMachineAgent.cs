using System.Collections.Concurrent;
using System.Text.Json;

namespace AuditHost.Fakes.AppDynamics;

/// <summary>
/// The HTTP listener of a machine agent ("Machine Agent HTTP Listener"; for names, "Metric path CharSequence replacements in extensions" of
/// AppDynamics's Knowledge Base). It adds up what is of type SUM, as the agent does over a minute.
/// </summary>
public sealed class FakeMachineAgent(int port = 0) : FakeHttpServer(port)
{
    private static readonly string[] Aggregators = ["AVERAGE", "SUM", "OBSERVATION"];

    private readonly ConcurrentDictionary<string, long> _sums = new(StringComparer.Ordinal);

    /// <summary>What was reported, name to sum.</summary>
    public IReadOnlyDictionary<string, long> Sums => _sums;

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (request.Method != "POST" || request.Path != "/api/v1/metrics")
            return request.Method == "OPTIONS" ? new FakeAnswer(405) : Refuse("a path that the listener does not have", new FakeAnswer(404));
        if (request.Header("Content-Type") != "application/json")
            return Refuse("no JSON by its media type", new FakeAnswer(415));
        if (Parse(request.Body) is not { ValueKind: JsonValueKind.Array } metrics)
            return Refuse("no array of metrics", new FakeAnswer(400));
        foreach (JsonElement metric in metrics.EnumerateArray())
        {
            if (Fault(metric) is { } fault)
                return Refuse(fault, new FakeAnswer(400));
        }

        foreach (JsonElement metric in metrics.EnumerateArray())
        {
            long value = metric.GetProperty("value").GetInt64();
            _sums.AddOrUpdate(metric.GetProperty("metricName").GetString()!, value, (_, sum) => sum + value);
        }

        return new FakeAnswer(204);
    }

    private static string? Fault(JsonElement metric)
    {
        if (metric.ValueKind != JsonValueKind.Object || metric.EnumerateObject().Count() != 3)
            return "a metric that is none";
        if (!metric.TryGetProperty("metricName", out JsonElement name) || name.ValueKind != JsonValueKind.String || !IsName(name.GetString()!))
            return "a name that AppDynamics does not take";
        if (!metric.TryGetProperty("aggregatorType", out JsonElement aggregator) || !Aggregators.Contains(aggregator.GetString()))
            return "an aggregator that there is not";
        return metric.TryGetProperty("value", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _)
            ? null
            : "a value that is no whole number";
    }

    private static bool IsName(string name)
    {
        string[] levels = name.Split('|');
        return levels is ["Custom Metrics", _, ..] or ["Server", _, "Custom Metrics", _, ..]
            && levels.All(level => level.Length > 0 && level.Trim() == level)
            && levels.Skip(2).All(level => !level.Contains(':'))
            && name.All(one => one is >= ' ' and <= '~' and not (',' or '"' or '\\'));
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
