using AuditHost.Connectors.Datadog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>By logs: of metrics no request tells which events it counts.</summary>
public sealed class DatadogConformanceTests : HttpConnectorConformance
{
    // Datadog's 202 says nothing without its object, although no event has an outcome of its own there.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new DatadogFactory();

    // The kit's events are older than the 18 hours that Datadog takes.
    protected override string Settings(Uri endpoint) =>
        $$"""{"endpoint":"{{endpoint}}","api_key":"kit-key-0f3b7c","app_key":"kit-app-key-9a1d","send":["logs"],"old_events":"restamp","compression":"none"}""";

    protected override PeerAnswer Delivered(PeerRequest request) =>
        request.Target.EndsWith("/validate", StringComparison.Ordinal) ? new(200, """{"valid":true}""") : new(202, "{}");

    protected override PeerAnswer Refused(PeerRequest request) => new(400, """{"errors":[{"detail":"Invalid"}]}""");

    protected override PeerAnswer Unauthorized(PeerRequest request) => new(403, """{"errors":["Forbidden"]}""");
}
