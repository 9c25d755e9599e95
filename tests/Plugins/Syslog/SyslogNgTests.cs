namespace AuditHost.Plugins.Tests.Syslog;

public sealed class SyslogNgTests() : ReceiverTests(static (directory, certificates) => new SyslogNg(directory, certificates));
