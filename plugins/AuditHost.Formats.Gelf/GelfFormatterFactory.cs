using AuditHost.Formats.Gelf;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(GelfFormatterFactory))]

namespace AuditHost.Formats.Gelf;

/// <summary><c>gelf</c>: Graylog Extended Log Format 1.1, one JSON object for each event.</summary>
public sealed class GelfFormatterFactory() : FormatterFactory<GelfFormatterSettings>(
    new FormatterInfo("gelf", "Graylog Extended Log Format 1.1, one JSON object on a line for each event."),
    SettingsContext.Default.GelfFormatterSettings)
{
    protected override IEventFormatter Create(GelfFormatterSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new GelfFormatter(settings);
    }
}
