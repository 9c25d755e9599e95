using AuditHost.Connectors.Loki;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(LokiFactory))]

namespace AuditHost.Connectors.Loki;

/// <summary><c>loki</c>: sends events to Grafana Loki.</summary>
public sealed class LokiFactory() : ConnectorFactory<LokiSettings>(
    new ConnectorInfo("loki", "Sends events to Grafana Loki as lines with labels and structured metadata.")
    {
        Content = BatchContent.Payload,
        Delivered = "Loki answered 204: its ingesters have the lines, and their write-ahead log. Any other success, such as the 260 of blocked ingestion, is no delivery.",

        // Loki takes lines of a stream in any order within an hour.
        MaxConcurrency = 4,

        // What Grafana's own agents send at most; the rate limit of a tenant is 4 MB a second.
        MaxBatchEvents = 1000,
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.LokiSettings)
{
    protected override IConnector Create(LokiSettings settings, PluginContext context) => LokiConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(LokiSettings settings) => LokiAddress.Parse(settings, TimeProvider.System).Shown;
}
