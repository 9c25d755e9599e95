using AuditHost.Connectors.Teams;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(TeamsFormatterFactory))]

namespace AuditHost.Connectors.Teams;

/// <summary><c>teams</c>: a message of Teams with an Adaptive Card.</summary>
public sealed class TeamsFormatterFactory() : FormatterFactory<TeamsFormatterSettings>(
    new FormatterInfo("teams", "A message of Teams: an Adaptive Card with a title, who, what, where and when, and the event's id."),
    SettingsContext.Default.TeamsFormatterSettings)
{
    protected override IEventFormatter Create(TeamsFormatterSettings settings, PluginContext context) => new TeamsFormatter(settings);
}
