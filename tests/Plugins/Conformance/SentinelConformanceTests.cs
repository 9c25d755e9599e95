using AuditHost.Connectors.Sentinel;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SentinelConformanceTests : HttpConnectorConformance
{
    protected override IReadOnlyCollection<string> VolatileHeaders => ["x-ms-client-request-id"];

    // The token is the host's; shared_key belongs to the Data Collector API.
    protected override bool HasSecretSettings => false;

    protected override ConnectorFactory CreateFactory() => new SentinelFactory();

    protected override string Settings(Uri endpoint) =>
        $$"""{"endpoint":"{{endpoint}}","dcr_immutable_id":"dcr-0123456789abcdef0123456789abcdef","stream_name":"Custom-Audit","compression":"none"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(204);
}
