using AuditHost.Connectors.PagerDuty;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class PagerDutyFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new PagerDutyFormatterFactory();
}
