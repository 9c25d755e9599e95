using System.Text.Json.Serialization;

namespace AuditHost.PluginKit.Syslog;

/// <summary>The part of a system a message comes from, by the codes of RFC 5424, table 1. In settings a name or a number.</summary>
[JsonConverter(typeof(SyslogFacilityConverter))]
public enum SyslogFacility
{
    Kern,
    User,
    Mail,
    Daemon,
    Auth,
    Syslog,
    Lpr,
    News,
    Uucp,
    Cron,
    Authpriv,
    Ftp,
    Ntp,
    Audit,
    Alert,
    Clock,
    Local0,
    Local1,
    Local2,
    Local3,
    Local4,
    Local5,
    Local6,
    Local7,
}
