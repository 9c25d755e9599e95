using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>Sends counts and gauges to the metrics API v2 (<c>POST /api/v2/series</c>), one point of each series for a batch.</summary>
internal sealed class SeriesIntake(DatadogOptions options, AuditMetrics metrics, PluginContext context) : IIntake
{
    /// <summary>500 kilobytes as sent, 5 megabytes decompressed ("Submit metrics").</summary>
    private const int MaxSentBytes = 512_000;
    private const int MaxBytes = 5_242_880;

    private readonly byte[] _host = Encoding.UTF8.GetBytes(options.HostName);
    private readonly PointJson _points = new(options.Tags);
    private readonly PointClock _clock = new(context.Time);
    private readonly IntakeClient _client = new(Intakes.Series, options.Addresses.Series, options.ApiKey, static answer => answer.Find("errors") is not null, context);

    public async ValueTask<DeliveryResult> SendAsync(BatchProgress progress, CancellationToken cancellationToken)
    {
        var run = EventRun.Of(progress, Intakes.Series);
        if (run.Count == 0)
            return DeliveryResult.Delivered;
        long second = await _clock.TakeAsync(run, cancellationToken).ConfigureAwait(false);
        using var body = new PooledBuffer(16 << 10);
        lock (metrics.Lock)
        {
            metrics.CountSeries(progress, Intakes.Series);
            Write(body, second);
        }

        using HttpContent content = HttpPayload.Create(body.Written, "application/json", options.Compression);
        if (body.Length > MaxBytes || content.Headers.ContentLength > MaxSentBytes)
            return DeliveryResult.Failed(FailureKind.TooLarge, $"The series of the batch have {body.Length} bytes, and Datadog takes {MaxSentBytes} as they are sent, {MaxBytes} uncompressed");
        DeliveryResult result = await _client.SendAsync(content, progress, 0, progress.Batch.Count, cancellationToken).ConfigureAwait(false);
        if (result.IsDelivered)
            _clock.Close(run);
        return result;
    }

    private void Write(PooledBuffer body, long second)
    {
        var json = new JsonWriter(body);
        json.BeginObject();
        json.Name("series"u8);
        json.BeginArray();
        foreach (SeriesFamily family in metrics.Families)
        {
            for (int series = 0; series < family.Count; series++)
                Write(ref json, family, series, second);
        }

        json.EndArray();
        json.EndObject();
        json.Flush();
    }

    private void Write(ref JsonWriter json, SeriesFamily family, int series, long second)
    {
        json.BeginObject();
        json.Member("metric"u8, family.Name);
        json.Name("type"u8);
        json.Number((int)family.Type);
        if (family.Type == MetricType.Count)
        {
            // Each point stands for a second of its own.
            json.Name("interval"u8);
            json.Number(1);
        }

        json.Name("points"u8);
        json.BeginArray();
        json.BeginObject();
        json.Name("timestamp"u8);
        json.Number(second);
        json.Name("value"u8);
        PointJson.WriteNumber(ref json, family.Value(series));
        json.EndObject();
        json.EndArray();
        json.Name("resources"u8);
        json.BeginArray();
        json.BeginObject();
        json.Member("type"u8, "host"u8);
        json.Member("name"u8, _host);
        json.EndObject();
        json.EndArray();
        _points.WriteTags(ref json, family, series);
        json.EndObject();
    }
}
