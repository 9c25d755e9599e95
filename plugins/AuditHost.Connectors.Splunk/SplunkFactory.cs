using AuditHost.Connectors.Splunk;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SplunkFactory))]

namespace AuditHost.Connectors.Splunk;

/// <summary><c>splunk</c>: sends events to Splunk's HTTP Event Collector.</summary>
public sealed class SplunkFactory() : ConnectorFactory<SplunkSettings>(
    new ConnectorInfo("splunk", "Sends events to Splunk's HTTP Event Collector (HEC).")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "splunk",
        Delivered = "HEC answered 200, which means that the event is queued for indexing; with acknowledgement, Splunk has reported it as indexed.",
        MaxConcurrency = 8,

        // The usual bounds of HEC clients; old versions of Splunk refuse bodies of more than 1 MB.
        MaxBatchEvents = 1000,
        MaxBatchBytes = 800_000,
    },
    SettingsContext.Default.SplunkSettings)
{
    protected override IConnector Create(SplunkSettings settings, PluginContext context) => SplunkConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(SplunkSettings settings) => HecAddress.Parse(settings, TimeProvider.System).Shown;
}
