using AuditHost.Connectors.Teams;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class TeamsFormatConformanceTests : FormatterConformance
{
    protected override string Settings => """{"payload":true}""";

    protected override FormatterFactory CreateFactory() => new TeamsFormatterFactory();
}
