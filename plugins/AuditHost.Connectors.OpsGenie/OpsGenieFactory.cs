using AuditHost.Connectors.OpsGenie;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(OpsGenieFactory))]

namespace AuditHost.Connectors.OpsGenie;

/// <summary><c>opsgenie</c>: opens, acknowledges and closes alerts in Jira Service Management or OpsGenie.</summary>
public sealed class OpsGenieFactory() : ConnectorFactory<OpsGenieSettings>(
    new ConnectorInfo("opsgenie", "Opens and closes alerts in Jira Service Management or OpsGenie.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "opsgenie",
        Delivered = "The alert API answered 202 with a request id, which means that the request is queued; with confirm, it has been processed.",

        // In order: a close must not overtake what opens the alert.
        MaxConcurrency = 1,

        // One request each; few enough for the destination's timeout.
        MaxBatchEvents = 10,
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.OpsGenieSettings)
{
    protected override IConnector Create(OpsGenieSettings settings, PluginContext context) => OpsGenieConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(OpsGenieSettings settings) => AlertsAddress.Of(settings).Parse(settings, TimeProvider.System).Shown;
}
