using AuditHost.Connectors.Splunk;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SplunkConformanceTests : HttpConnectorConformance
{
    // Splunk's 200 says nothing without its code, although no event has an outcome of its own there.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new SplunkFactory();

    protected override string Settings(Uri endpoint) => $$"""{"hec_endpoint":"{{endpoint}}","hec_token":"kit-token-0f3b","compression":"none"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"text":"Success","code":0}""");

    protected override PeerAnswer Refused(PeerRequest request) => new(400, """{"text":"Invalid data format","code":6}""");
}
