using AuditHost.Connectors.Syslog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GenericCefUdpConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GenericCefFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new DatagramDestination(endpoint => $$"""{"output_type":"udp","syslog_server":"{{endpoint}}"}"""));
}
