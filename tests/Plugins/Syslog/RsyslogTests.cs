namespace AuditHost.Plugins.Tests.Syslog;

public sealed class RsyslogTests() : ReceiverTests(static (directory, certificates) => new Rsyslog(directory, certificates));
