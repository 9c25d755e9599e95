using AuditHost.Connectors.Slack;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SlackFormatterFactory))]

namespace AuditHost.Connectors.Slack;

/// <summary><c>slack</c>: a message of Slack with blocks.</summary>
public sealed class SlackFormatterFactory() : FormatterFactory<SlackFormatterSettings>(
    new FormatterInfo("slack", "A message of Slack: a header, who, what, where and when as Block Kit, and the event's id."),
    SettingsContext.Default.SlackFormatterSettings)
{
    protected override IEventFormatter Create(SlackFormatterSettings settings, PluginContext context) => new SlackFormatter(settings);
}
