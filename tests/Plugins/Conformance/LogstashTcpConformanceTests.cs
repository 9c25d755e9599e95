using AuditHost.Connectors.Logstash;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class LogstashTcpConformanceTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new LogstashFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","mode":"tcp"}""";
}
