using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GelfTcpConformanceTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GelfFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";
}
