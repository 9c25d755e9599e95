using System.ComponentModel;
using AuditHost.PluginKit.Syslog;

namespace AuditHost.Formats.Syslog;

/// <summary>Which syslog, with what in it.</summary>
public sealed class SyslogFormatterSettings
{
    [Description("Which syslog is written: rfc5424 or rfc3164.")]
    [DefaultValue("rfc5424")]
    public SyslogStandard Standard { get; set; }

    [Description("The facility, by name (kern to local7) or number (0 to 23).")]
    [DefaultValue("local0")]
    public SyslogFacility Facility { get; set; } = SyslogFacility.Local0;

    [Description("The application's name in the header, at most 48 printable ASCII characters.")]
    [DefaultValue("audithost")]
    public string AppName { get; set; } = "audithost";

    [Description("The host in the header: 'event' for each event's own (this machine's where it names none), or a fixed name.")]
    [DefaultValue(SyslogOptions.HostOfEvent)]
    public string Hostname { get; set; } = SyslogOptions.HostOfEvent;

    [Description("What stands after the header: json (the event as received) or summary (one sentence).")]
    [DefaultValue("json")]
    public SyslogMessage Message { get; set; }

    [Description("The private enterprise number in the id of the structured data, rfc5424 only.")]
    [DefaultValue(SyslogOptions.DocumentationEnterprise)]
    public int EnterpriseNumber { get; set; } = SyslogOptions.DocumentationEnterprise;

    [Description("Whether the message begins with a byte order mark, rfc5424 only. Many receivers stumble over it.")]
    [DefaultValue(false)]
    public bool Bom { get; set; }
}
