using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GenericCefTcpConformanceTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GenericCefFactory();

    protected override string Settings(Uri endpoint) => $$"""{"output_type":"syslog","protocol":"tcp","syslog_server":"{{endpoint.Authority}}"}""";
}
