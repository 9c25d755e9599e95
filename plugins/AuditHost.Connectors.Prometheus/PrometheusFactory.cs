using AuditHost.Connectors.Prometheus;
using AuditHost.Connectors.Prometheus.Metrics;
using AuditHost.Connectors.Prometheus.Pushing;
using AuditHost.Connectors.Prometheus.Scraping;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(PrometheusFactory))]

namespace AuditHost.Connectors.Prometheus;

/// <summary><c>prometheus</c>: counts events into metrics for Prometheus.</summary>
public sealed class PrometheusFactory() : ConnectorFactory<PrometheusSettings>(
    new ConnectorInfo("prometheus", "Counts events into metrics, which Prometheus fetches or a Pushgateway or remote write gets.")
    {
        Content = BatchContent.None,
        Delivered = "The event is counted in memory, where the next scrape finds it; with push_gateway or remote_write, a state of the metrics that has it in was also taken by each of them.",

        // One at a time: each push has a state of its own time.
        MaxConcurrency = 1,

        // With a push after each batch, the larger the fewer.
        MaxBatchEvents = AuditMetrics.MaxBatchEvents,
    },
    SettingsContext.Default.PrometheusSettings)
{
    protected override IConnector Create(PrometheusSettings settings, PluginContext context) => PrometheusConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(PrometheusSettings settings)
    {
        var endpoints = new List<Uri>();
        if (settings.HttpEndpoint.Enabled)
            endpoints.Add(ScrapeOptions.Of(settings.HttpEndpoint).Shown);
        if (settings.PushGateway.Enabled)
            endpoints.Add(HttpEndpoint.Shown(PushGateway.AddressesOf(settings.PushGateway).Group));
        if (settings.RemoteWrite.Enabled)
            endpoints.AddRange(RemoteWriter.EndpointsOf(settings.RemoteWrite, TimeProvider.System).Shown);
        return endpoints;
    }
}
