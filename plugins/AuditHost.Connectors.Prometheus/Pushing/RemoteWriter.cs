using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AuditHost.Connectors.Prometheus.Metrics;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;
using Snappier;

namespace AuditHost.Connectors.Prometheus.Pushing;

/// <summary>
/// Sends the metrics by remote write, one sample per series and push. A receiver that does not speak 2.0 answers 415, or takes the request for
/// one of 1.0, stores nothing and still says success: only the written-count headers prove that it was stored (specification 2.0, "Required Written
/// Response Headers"). Without them the same samples go again as 1.0, which is no second sample: time and value are the same.
/// </summary>
internal sealed class RemoteWriter : IPushTarget
{
    private const string Target = "a receiver of remote write";
    private const string VersionHeader = "X-Prometheus-Remote-Write-Version";
    private const string SamplesHeader = "X-Prometheus-Remote-Write-Samples-Written";
    private const string Version2Type = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    /// <summary>Prometheus takes no sample that is farther ahead of its clock.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    private readonly HttpEndpoints _endpoints;
    private readonly SeriesLabels _labels;
    private readonly Action<IMetricsWriter> _render;
    private readonly PluginContext _context;
    private bool _speaks2;
    private bool _hasPushed;
    private long _lastTime;

    private RemoteWriter(HttpEndpoints endpoints, SeriesLabels labels, bool speaks2, Action<IMetricsWriter> render, PluginContext context)
    {
        _endpoints = endpoints;
        _labels = labels;
        _speaks2 = speaks2;
        _render = render;
        _context = context;
    }

    public IReadOnlyList<Uri> Shown => _endpoints.Shown;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static RemoteWriter Create(RemoteWriteSettings settings, Action<IMetricsWriter> render, PluginContext context)
    {
        if (settings.Version is not ("1.0" or "2.0"))
            throw new SettingsException("remote_write.version", "Expected 1.0 or 2.0");
        return new RemoteWriter(EndpointsOf(settings, context.Time), new SeriesLabels(LabelsOf(settings)), settings.Version == "2.0", render, context);
    }

    public static HttpEndpoints EndpointsOf(RemoteWriteSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("remote_write.endpoint", settings.Endpoint, settings.Balancing, time);

    public async ValueTask<DeliveryResult> PushAsync(CancellationToken cancellationToken)
    {
        // Receivers refuse two samples of a series at one time, and one that is older than the last, whatever the clock does. Only where it
        // was far ahead for a while, the samples must not stay there: they would be refused for as long.
        long now = _context.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _lastTime = _lastTime - now > MostAhead.TotalMilliseconds ? now : Math.Max(_lastTime + 1, now);
        _hasPushed = true;
        Uri endpoint = _endpoints.Choose();
        if (!_speaks2)
            return await SendVersion1Async(endpoint, cancellationToken).ConfigureAwait(false);
        DeliveryResult? result = await SendVersion2Async(endpoint, cancellationToken).ConfigureAwait(false);
        if (result is { } known)
            return known;
        _speaks2 = false;
        _context.Log(EventLevel.Warning, "The receiver does not speak remote write 2.0; it gets 1.0 until the next start. Set remote_write.version to 1.0.");
        return await SendVersion1Async(endpoint, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) =>
        _endpoints.ProbeAsync(endpoint => HttpProbe.CheckAsync(_context.Http, endpoint, cancellationToken));

    /// <summary>Sends the last state; its series end by themselves.</summary>
    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        if (_hasPushed)
            await PushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<DeliveryResult> SendVersion1Async(Uri endpoint, CancellationToken cancellationToken)
    {
        using var message = new WriteRequestV1(_labels, _lastTime);
        _render(message);
        using HttpResponseMessage response = await SendAsync(endpoint, message, "application/x-protobuf", "0.1.0", cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return await PushOutcome.ReadAsync(Target, response, _context.Time, cancellationToken).ConfigureAwait(false);
        return PushOutcome.IsPage(response) ? PushOutcome.Stranger(Target, response) : DeliveryResult.Delivered.WithResponse((int)response.StatusCode, null);
    }

    /// <returns><see langword="null"/> where the receiver does not speak 2.0.</returns>
    private async ValueTask<DeliveryResult?> SendVersion2Async(Uri endpoint, CancellationToken cancellationToken)
    {
        using var message = new WriteRequestV2(_labels, _lastTime);
        _render(message);
        using HttpResponseMessage response = await SendAsync(endpoint, message, Version2Type, "2.0.0", cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.UnsupportedMediaType)
            return null;
        if (!response.IsSuccessStatusCode)
            return await PushOutcome.ReadAsync(Target, response, _context.Time, cancellationToken).ConfigureAwait(false);
        if (PushOutcome.IsPage(response))
            return PushOutcome.Stranger(Target, response);
        if (!response.Headers.NonValidated.TryGetValues(SamplesHeader, out HeaderStringValues header))
            return null;
        return long.TryParse(header.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long written) && written == message.Samples
            ? DeliveryResult.Delivered.WithResponse((int)response.StatusCode, null)
            : DeliveryResult.Failed(FailureKind.Transient, $"The receiver says success, and that it did not write all of {message.Samples} samples").WithResponse((int)response.StatusCode, null);
    }

    private async ValueTask<HttpResponseMessage> SendAsync(Uri endpoint, IWriteRequest message, string contentType, string version, CancellationToken cancellationToken)
    {
        using var plain = new PooledBuffer(64 << 10);
        message.WriteTo(plain);
        using var compressed = new PooledBuffer(Snappy.GetMaxCompressedLength(plain.Length));
        compressed.Advance(Snappy.Compress(plain.Written.Span, compressed.GetSpan(Snappy.GetMaxCompressedLength(plain.Length))));
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = HttpPayload.Create(compressed.Written, contentType) };
        request.Content.Headers.ContentEncoding.Add("snappy");
        request.Headers.Add(VersionHeader, version);
        return await _endpoints.SendAsync(_context.Http, endpoint, request, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyDictionary<string, string> LabelsOf(RemoteWriteSettings settings)
    {
        if (settings.Labels is not { } labels)
            return new Dictionary<string, string> { ["job"] = "copybook-audit", ["instance"] = Environment.MachineName };
        foreach ((string name, string value) in labels)
        {
            LabelNames.Check("remote_write.labels", name);
            if (value.Length == 0)
                throw new SettingsException($"remote_write.labels.{name}", "Empty, which is as good as not there. Give it a value, or leave it out");
        }

        return labels;
    }
}
