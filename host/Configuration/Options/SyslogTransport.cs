namespace AuditHost.Configuration.Options;

/// <summary>What carries the messages of a syslog source.</summary>
internal enum SyslogTransport
{
    Tcp,
    Udp,
}
