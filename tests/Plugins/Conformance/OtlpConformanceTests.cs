using AuditHost.Connectors.Otlp;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class OtlpConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new OtlpFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","compression":"none"}""";

    // A partialSuccess without fields, which means none. A whole success has no bytes at all in protobuf: so a body does not decide here.
    protected override PeerAnswer Delivered(PeerRequest request) => new(200, "\n\0", "application/x-protobuf");

    // 500 must not be sent again.
    protected override PeerAnswer Unavailable(PeerRequest request) => new(503, "broken");
}
