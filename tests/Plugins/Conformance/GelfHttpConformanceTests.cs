using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>One message per request: the answers to the requests of a batch are its partial failures.</summary>
public sealed class GelfHttpConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new GelfFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","compression":"gzip"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(202);

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) => new(request.Number == failedIndex ? 422 : 202);
}
