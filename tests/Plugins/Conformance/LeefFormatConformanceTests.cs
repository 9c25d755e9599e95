using AuditHost.Formats.Leef;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class LeefFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new LeefFormatterFactory();
}
