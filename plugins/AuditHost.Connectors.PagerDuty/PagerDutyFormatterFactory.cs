using AuditHost.Connectors.PagerDuty;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(PagerDutyFormatterFactory))]

namespace AuditHost.Connectors.PagerDuty;

/// <summary><c>pagerduty</c>: what an alert or a change says, without what the connector adds.</summary>
public sealed class PagerDutyFormatterFactory() : FormatterFactory<PagerDutyFormatterSettings>(
    new FormatterInfo("pagerduty", "The payload of a PagerDuty event; key, action, deduplication key, severity and links are the connector's.") { Framing = Framing.Newline },
    SettingsContext.Default.PagerDutyFormatterSettings)
{
    protected override IEventFormatter Create(PagerDutyFormatterSettings settings, PluginContext context) => new PagerDutyFormatter(settings);
}
