using AuditHost.Formats.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class Syslog3164FormatConformanceTests : FormatterConformance
{
    protected override string Settings => """{"standard":"rfc3164"}""";

    protected override FormatterFactory CreateFactory() => new SyslogFormatterFactory();
}
