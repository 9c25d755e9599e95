using AuditHost.Connectors.Loki;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class LokiConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new LokiFactory();

    // Room for the kit's large event, which must not be held back; and no second event_id, which the kit would take for a second event.
    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","tenant":"kit","compression":"none","max_line_bytes":1000000,"structured_metadata":["user"]}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(204);
}
