using AuditHost.Connectors.Logstash;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class LogstashHttpConformanceTests : HttpConnectorConformance
{
    // A 200 without the input's "ok" is somebody else's.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new LogstashFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","compression":"none"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, "ok");
}
