using AuditHost.Connectors.QRadar;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class QRadarUdpConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new QRadarFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new DatagramDestination(endpoint => $$"""{"mode":"udp","server":"{{endpoint}}","max_message_bytes":8192}"""));
}
