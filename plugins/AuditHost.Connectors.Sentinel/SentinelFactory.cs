using System.Diagnostics.Tracing;
using AuditHost.Connectors.Sentinel;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SentinelFactory))]

namespace AuditHost.Connectors.Sentinel;

/// <summary><c>sentinel</c>: sends events to Microsoft Sentinel, that is to a table of its Log Analytics workspace.</summary>
public sealed class SentinelFactory() : ConnectorFactory<SentinelSettings>(
    new ConnectorInfo("sentinel", "Sends events to Microsoft Sentinel by the Logs Ingestion API of Azure Monitor.")
    {
        Content = BatchContent.Body,
        DefaultFormat = "sentinel",
        Framing = Framing.JsonArray,
        Delivered = "Azure answered 204 (Data Collector API: 200), which means that it has taken the request. What a data collection rule then drops, it tells nobody but its own log.",

        // 12,000 requests a minute and rule (Azure Monitor service limits) leave room for these.
        MaxConcurrency = 8,
        MaxBatchEvents = 1000,
        MaxBatchBytes = AzureLimits.Body,
    },
    SettingsContext.Default.SentinelSettings)
{
    protected override IConnector Create(SentinelSettings settings, PluginContext context)
    {
        if (SentinelOptions.UsesDataCollector(settings))
        {
            var options = DataCollectorOptions.Of(settings);
            context.Log(EventLevel.Warning, "workspace_id, shared_key and log_type lead to the HTTP Data Collector API. Microsoft ended its support on 14 September 2026 and may switch it off without notice: make a data collection rule, and set endpoint, dcr_immutable_id and stream_name instead.");
            return new DataCollectorConnector(options, context);
        }

        Uri address = SentinelOptions.IngestionAddressOf(settings);
        if (address is { Scheme: "http", IsLoopback: false })
            context.Log(EventLevel.Warning, "endpoint is http: the token can be read on the way. Use https.");
        return new LogsIngestionConnector(address, settings.Compression, context);
    }

    protected override IReadOnlyList<Uri> Endpoints(SentinelSettings settings) =>
        [HttpEndpoint.Shown(SentinelOptions.UsesDataCollector(settings) ? DataCollectorOptions.Of(settings).Address : SentinelOptions.IngestionAddressOf(settings))];

    protected override BatchContent Content(SentinelSettings settings) =>
        SentinelOptions.UsesDataCollector(settings) ? BatchContent.Payload : BatchContent.Body;
}
