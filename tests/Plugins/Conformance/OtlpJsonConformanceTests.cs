using AuditHost.Connectors.Otlp;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class OtlpJsonConformanceTests : HttpConnectorConformance
{
    // OTLP's 200 says nothing without the number of what was rejected, although no event has an outcome of its own there.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new OtlpFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","compression":"none","encoding":"json","body":"map"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"partialSuccess":{}}""");

    // 500 must not be sent again.
    protected override PeerAnswer Unavailable(PeerRequest request) => new(503, "broken");
}
