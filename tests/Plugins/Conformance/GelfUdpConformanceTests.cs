using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GelfUdpConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GelfFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() =>
        new(new DatagramDestination(endpoint => $$"""{"endpoint":"udp://{{endpoint}}"}"""));
}
