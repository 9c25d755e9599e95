using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SyslogTcpConformanceTests : StreamConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new SyslogFactory();

    protected override string Settings(Uri endpoint) => $$"""{"server":"{{endpoint.Authority}}","protocol":"tcp"}""";
}
