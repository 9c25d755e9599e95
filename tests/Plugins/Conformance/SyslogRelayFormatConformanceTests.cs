using AuditHost.Formats.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SyslogRelayFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new RelayFormatterFactory();
}
