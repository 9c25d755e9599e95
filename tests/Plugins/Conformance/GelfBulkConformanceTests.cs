using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GelfBulkConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GelfFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","bulk":true}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(202);
}
