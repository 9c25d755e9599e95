using AuditHost.Connectors.OpsGenie;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class OpsGenieFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new OpsGenieFormatterFactory();
}
