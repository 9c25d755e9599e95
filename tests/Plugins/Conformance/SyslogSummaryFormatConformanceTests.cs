using AuditHost.Formats.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SyslogSummaryFormatConformanceTests : FormatterConformance
{
    protected override string Settings => """{"message":"summary"}""";

    protected override FormatterFactory CreateFactory() => new SyslogFormatterFactory();
}
