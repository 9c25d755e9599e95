using AuditHost.Formats.Ecs;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class EcsFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new EcsFormatterFactory();
}
