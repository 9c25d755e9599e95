using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SyslogTlsConformanceTests : StreamConnectorConformance
{
    protected override bool Tls => true;

    protected override ConnectorFactory CreateFactory() => new SyslogFactory();

    protected override string Settings(Uri endpoint) => $$"""{"server":"{{endpoint.Authority}}","protocol":"tls"}""";
}
