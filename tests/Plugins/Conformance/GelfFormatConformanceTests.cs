using AuditHost.Formats.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GelfFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new GelfFormatterFactory();
}
