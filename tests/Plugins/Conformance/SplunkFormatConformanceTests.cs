using AuditHost.Connectors.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SplunkFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new SplunkFormatterFactory();
}
