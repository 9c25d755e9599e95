using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SyslogUdpConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new SyslogFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new DatagramDestination(endpoint => $$"""{"server":"{{endpoint}}"}"""));
}
