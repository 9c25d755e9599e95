using AuditHost.Formats.Json;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class JsonLinesFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new JsonLinesFormatterFactory();
}
