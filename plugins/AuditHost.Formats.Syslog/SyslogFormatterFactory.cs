using AuditHost.Formats.Syslog;
using AuditHost.PluginKit.Settings;
using AuditHost.PluginKit.Syslog;
using AuditHost.Sdk;

[assembly: Plugin(typeof(SyslogFormatterFactory))]

namespace AuditHost.Formats.Syslog;

/// <summary><c>syslog</c>: a syslog message with the event in it.</summary>
public sealed class SyslogFormatterFactory() : FormatterFactory<SyslogFormatterSettings>(
    new FormatterInfo("syslog", "A syslog message with the event in it, by RFC 5424 or RFC 3164."),
    SettingsContext.Default.SyslogFormatterSettings)
{
    protected override IEventFormatter Create(SyslogFormatterSettings settings, PluginContext context) => CreateFormatter(settings);

    internal static SyslogFormatter CreateFormatter(SyslogFormatterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings is { Bom: true, Standard: SyslogStandard.Rfc3164 })
            throw new SettingsException("bom", "'bom' belongs to rfc5424; RFC 3164 knows no byte order mark. Remove one of the two.");
        var options = new SyslogOptions(settings.Facility, settings.AppName, settings.Hostname, settings.EnterpriseNumber);
        return new SyslogFormatter(settings, options);
    }
}
