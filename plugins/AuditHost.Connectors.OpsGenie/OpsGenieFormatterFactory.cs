using AuditHost.Connectors.OpsGenie;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(OpsGenieFormatterFactory))]

namespace AuditHost.Connectors.OpsGenie;

/// <summary><c>opsgenie</c>: what an alert says, without what the connector adds.</summary>
public sealed class OpsGenieFormatterFactory() : FormatterFactory<OpsGenieFormatterSettings>(
    new FormatterInfo("opsgenie", "What an alert says in Jira Service Management or OpsGenie; alias, priority and responders are the connector's.") { Framing = Framing.Newline },
    SettingsContext.Default.OpsGenieFormatterSettings)
{
    protected override IEventFormatter Create(OpsGenieFormatterSettings settings, PluginContext context) => new OpsGenieFormatter(settings);
}
