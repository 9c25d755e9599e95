using AuditHost.Formats.Syslog;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(RelayFormatterFactory))]

namespace AuditHost.Formats.Syslog;

/// <summary><c>syslog_relay</c>: a syslog message as it came in.</summary>
public sealed class RelayFormatterFactory() : FormatterFactory<SyslogFormatterSettings>(
    new FormatterInfo("syslog_relay", "A syslog message as it came in; what came as something else, as with 'syslog'."),
    SettingsContext.Default.SyslogFormatterSettings)
{
    protected override IEventFormatter Create(SyslogFormatterSettings settings, PluginContext context) =>
        new RelayFormatter(SyslogFormatterFactory.CreateFormatter(settings));
}
