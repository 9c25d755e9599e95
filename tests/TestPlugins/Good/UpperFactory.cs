using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;
using Good;

[assembly: Plugin(typeof(UpperFactory))]

namespace Good;

public sealed class UpperFactory() : FormatterFactory<UpperSettings>(
    new FormatterInfo("upper", "The event in capitals."),
    SettingsContext.Default.UpperSettings)
{
    protected override IEventFormatter Create(UpperSettings settings, PluginContext context) => new UpperFormatter();
}
