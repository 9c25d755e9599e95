using AuditHost.Formats.Ocsf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class OcsfFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new OcsfFormatterFactory();
}
