using AuditHost.Connectors.Splunk;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SplunkFormatterFactory))]

namespace AuditHost.Connectors.Splunk;

/// <summary><c>splunk</c>: the event's body as searches and dashboards of the integration know it.</summary>
public sealed class SplunkFormatterFactory() : FormatterFactory<SplunkFormatterSettings>(
    new FormatterInfo("splunk", "The event's body for Splunk: the envelope's fields at the top, the payload below.") { Framing = Framing.Newline },
    SettingsContext.Default.SplunkFormatterSettings)
{
    protected override IEventFormatter Create(SplunkFormatterSettings settings, PluginContext context) => new SplunkFormatter();
}
