using AuditHost.Connectors.PagerDuty;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(PagerDutyFactory))]

namespace AuditHost.Connectors.PagerDuty;

/// <summary><c>pagerduty</c>: opens, acknowledges and resolves alerts in PagerDuty.</summary>
public sealed class PagerDutyFactory() : ConnectorFactory<PagerDutySettings>(
    new ConnectorInfo("pagerduty", "Opens and resolves alerts in PagerDuty, and reports changes, by its Events API v2.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "pagerduty",
        Delivered = "PagerDuty answered 202: the event is accepted and will be processed. It makes no incident of what a rule there suppresses.",

        // In order: a resolve must not overtake its trigger.
        MaxConcurrency = 1,

        // One request each; few enough for the destination's timeout. PagerDuty takes about 120 a minute for a key.
        MaxBatchEvents = 10,
        MaxBatchBytes = 1 << 20,
    },
    SettingsContext.Default.PagerDutySettings)
{
    protected override IConnector Create(PagerDutySettings settings, PluginContext context) => PagerDutyConnector.Create(settings, context);

    protected override IReadOnlyList<Uri> Endpoints(PagerDutySettings settings) => EventsAddress.Parse(settings, TimeProvider.System).Shown;
}
