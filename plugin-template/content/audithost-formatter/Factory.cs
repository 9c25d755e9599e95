using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(Template._1.Factory))]

namespace Template._1;

/// <summary>What the host knows of the format: its name, how events are joined, the settings.</summary>
public sealed class Factory() : FormatterFactory<Settings>(
    new FormatterInfo("template_type_id", "Id, type and user, with bars between.") { Framing = Framing.Newline },
    SettingsContext.Default.Settings)
{
    protected override IEventFormatter Create(Settings settings, PluginContext context)
    {
        if (settings.Separator is not [> ' ' and < '\u007f' and var separator])
            throw new SettingsException("separator", "Not one character of ASCII that can be seen. Use one such as |");
        return new Formatter((byte)separator);
    }
}
