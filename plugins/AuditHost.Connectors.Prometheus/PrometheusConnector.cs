using System.Buffers;
using System.Diagnostics.Tracing;
using System.Net;
using AuditHost.Connectors.Prometheus.Exposition;
using AuditHost.Connectors.Prometheus.Metrics;
using AuditHost.Connectors.Prometheus.Pushing;
using AuditHost.Connectors.Prometheus.Scraping;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Prometheus;

/// <summary>Counts events into metrics, serves them to Prometheus and pushes them where asked.</summary>
internal sealed class PrometheusConnector : IConnector
{
    /// <summary>How long leaving the targets may take: the host is stopping.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(5);

    private readonly AuditMetrics _metrics;
    private readonly HostFigures _host;
    private readonly ScrapeServer? _server;
    private readonly IPushTarget[] _targets;
    private readonly PushSchedule _schedule;
    private readonly PluginContext _context;
    private bool _started;
    private bool _disposed;

    private PrometheusConnector(PrometheusSettings settings, FamilyNames names, PluginContext context)
    {
        _context = context;
        _metrics = new AuditMetrics(names);
        _host = new HostFigures(names);
        if (settings.HttpEndpoint.Enabled)
        {
            ScrapeOptions options = ScrapeOptions.Of(settings.HttpEndpoint);
            _server = new ScrapeServer(options, new ScrapeAnswer(options, Render), context);
        }

        _targets = [.. TargetsOf(settings)];
        _schedule = PushSchedule.Create(_targets, settings.PushIntervalSeconds, context.Time);
    }

    /// <summary>Where the metrics are served, once it is started.</summary>
    public IPEndPoint? EndPoint => _server?.EndPoint;

    /// <summary>Completes when they are, which a start does not wait for where the address is in use.</summary>
    public Task Listening => _server?.Listening ?? Task.CompletedTask;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static PrometheusConnector Create(PrometheusSettings settings, PluginContext context)
    {
        string prefix = settings.Prefix;
        if (prefix.Length > 0 && (!char.IsAsciiLetter(prefix[0]) || !prefix.All(static one => char.IsAsciiLetterOrDigit(one) || one == '_') || prefix[^1] == '_'))
            throw new SettingsException("prefix", "Not a prefix. Use letters, digits and '_' inside, begin with a letter; an underscore follows by itself");
        if (settings is { HttpEndpoint.Enabled: false, PushGateway.Enabled: false, RemoteWrite.Enabled: false })
            throw new SettingsException(string.Empty, "Nothing would see the metrics. Enable http_endpoint, push_gateway or remote_write");
        return new PrometheusConnector(settings, new FamilyNames(prefix, settings.Names), context);
    }

    public ValueTask StartAsync(CancellationToken cancellationToken)
    {
        _host.Start();
        _server?.Start();
        _started = true;
        return default;
    }

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (!_metrics.Count(batch))
            return TestAsync(cancellationToken);

        // An event that is counted where nobody can fetch it is not delivered: it comes again, and counts once.
        if (_started)
            _server?.Listen();
        return _targets.Length == 0 ? new ValueTask<DeliveryResult>(DeliveryResult.Delivered) : _schedule.PushAsync(batch.Count, cancellationToken);
    }

    /// <summary>That somebody else has the address yet is no failure here: a test of a site that runs would always fail.</summary>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (_started && _server is { Works: false })
            throw new IOException("The endpoint for Prometheus does not listen");
        foreach (IPushTarget target in _targets)
            await target.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        using var deadline = new CancellationTokenSource(LeaveTime);
        foreach (IPushTarget target in _targets)
            await LeaveAsync(target, deadline.Token).ConfigureAwait(false);
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
        _host.Dispose();
    }

    /// <summary>
    /// Takes a test event, which is not counted. It is not pushed either: the state of this instance, which has nothing in it, would replace
    /// that of a running site.
    /// </summary>
    private async ValueTask<DeliveryResult> TestAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return DeliveryResult.Delivered;
    }

    private async ValueTask LeaveAsync(IPushTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await target.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            _context.Log(EventLevel.Warning, $"{target.Shown[0]} was not told that the host stops: {exception.Message}");
        }
    }

    private void Render(IBufferWriter<byte> output, ExpositionFormat format)
    {
        var text = new TextExposition(output, format);
        Render(text);
        text.End();
    }

    private void Render(IMetricsWriter writer)
    {
        _metrics.WriteTo(writer);
        _host.WriteTo(writer, _metrics.IntegrityViolated);
    }

    private IEnumerable<IPushTarget> TargetsOf(PrometheusSettings settings)
    {
        if (settings.PushGateway.Enabled)
            yield return PushGateway.Create(settings.PushGateway, Render, _context);
        if (settings.RemoteWrite.Enabled)
            yield return RemoteWriter.Create(settings.RemoteWrite, Render, _context);
    }
}
