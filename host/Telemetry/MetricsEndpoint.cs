using AuditHost.Security;
using Microsoft.AspNetCore.Http;
using Prometheus;

namespace AuditHost.Telemetry;

/// <summary>Serves the host's meter to Prometheus. Names of destinations and figures are not for everybody: a listener with tokens asks for one.</summary>
internal sealed class MetricsEndpoint : IDisposable
{
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly IDisposable _adapter;
    private readonly CallerCheck _callers;

    public MetricsEndpoint(CallerCheck callers)
    {
        _callers = callers;
        _adapter = MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = _registry,
            MetricFactory = Metrics.WithCustomRegistry(_registry),
            InstrumentFilterPredicate = static instrument => instrument.Meter.Name == HostMeter.Name,
            ResolveHistogramBuckets = static _ => Seconds,
        });
    }

    public async Task ServeAsync(HttpContext context)
    {
        if (!_callers.MayPass(context))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
        await _registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
    }

    public void Dispose() => _adapter.Dispose();
}
