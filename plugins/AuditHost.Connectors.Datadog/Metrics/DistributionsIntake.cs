using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>
/// Sends durations to <c>POST /api/v1/distribution_points</c>. Of a distribution Datadog keeps every value, also those of one second. The API knows
/// deflate alone, so bodies go as they are.
/// </summary>
internal sealed class DistributionsIntake(DatadogOptions options, AuditMetrics metrics, PluginContext context) : IIntake
{
    /// <summary>What the API v1 takes of series; for distributions nothing is published.</summary>
    private const int MaxBytes = 3_200_000;

    private readonly byte[] _host = Encoding.UTF8.GetBytes(options.HostName);
    private readonly PointJson _points = new(options.Tags);
    private readonly IntakeClient _client = new(
        Intakes.Distributions, options.Addresses.Distributions, options.ApiKey, static answer => answer.String("status") == "ok", context);

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(16 << 10);
        lock (metrics.Lock)
        {
            metrics.CollectDurations(progress, Intakes.Distributions);
            if (!metrics.Durations.IsEmpty)
                Write(body, context.Time.GetUtcNow().ToUnixTimeSeconds());
        }

        if (body.Length == 0)
        {
            progress.Take(Intakes.Distributions, 0, progress.Batch.Count);
            return DeliveryResult.Delivered;
        }

        if (body.Length > MaxBytes)
            return DeliveryResult.Failed(FailureKind.TooLarge, $"The distributions of the batch have {body.Length} bytes, and {MaxBytes} can be sent");
        using HttpContent content = HttpPayload.Create(body.Written, "text/json");
        return await _client.SendAsync(content, progress, 0, progress.Batch.Count, cancellationToken).ConfigureAwait(false);
    }

    private void Write(PooledBuffer body, long second)
    {
        DurationFamily durations = metrics.Durations;
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Name("series"u8);
        json.BeginArray();
        for (int number = 0; number < durations.Tag.Limit; number++)
        {
            if (durations.Values(number) is { IsEmpty: false } values)
                Write(ref json, durations, number, values, second);
        }

        json.EndArray();
        json.EndObject();
        json.Flush();
    }

    private void Write(ref JsonWriter json, DurationFamily durations, int number, ReadOnlySpan<double> values, long second)
    {
        json.BeginObject();
        json.Member("metric"u8, durations.Name);
        json.Member("type"u8, "distribution"u8);
        json.Name("points"u8);
        json.BeginArray();
        json.BeginArray();
        json.Number(second);
        json.BeginArray();
        foreach (double value in values)
            PointJson.WriteNumber(ref json, value);
        json.EndArray();
        json.EndArray();
        json.EndArray();
        json.Member("host"u8, _host);
        _points.WriteTags(ref json, durations.Tag.Name, durations.Tag[number]);
        json.EndObject();
    }
}
