using AuditHost.Formats.Xml;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class XmlFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new XmlFormatterFactory();
}
