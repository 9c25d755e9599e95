using AuditHost.Connectors.Sentinel;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SentinelFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new SentinelFormatterFactory();
}
