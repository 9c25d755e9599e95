using AuditHost.Plugins.Tests.Syslog;

namespace AuditHost.Plugins.Tests.QRadar;

/// <summary>rsyslog writes TAB as #011 unless it is told not to.</summary>
public sealed class QRadarRsyslogTests() : QRadarReceiverTests(
    static (directory, certificates) => new Rsyslog(directory, certificates, "parser.escapeControlCharacterTab=\"off\""))
{
    private protected override string TlsFraming => "newline";
}
