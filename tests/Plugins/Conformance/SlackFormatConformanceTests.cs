using AuditHost.Connectors.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SlackFormatConformanceTests : FormatterConformance
{
    protected override string Settings => """{"payload":true}""";

    protected override FormatterFactory CreateFactory() => new SlackFormatterFactory();
}
