using AuditHost.Plugins.Tests.Syslog;

namespace AuditHost.Plugins.Tests.QRadar;

public sealed class QRadarSyslogNgTests() : QRadarReceiverTests(static (directory, certificates) => new SyslogNg(directory, certificates))
{
    private protected override string TlsFraming => "octet_counting";
}
