using AuditHost.Formats.Cef;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class CefFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new CefFormatterFactory();
}
