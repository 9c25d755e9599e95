using AuditHost.Connectors.Sentinel;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SentinelDataCollectorConformanceTests : HttpConnectorConformance
{
    protected override IReadOnlyCollection<string> VolatileHeaders => ["x-ms-date", "Authorization"];

    protected override ConnectorFactory CreateFactory() => new SentinelFactory();

    protected override string Settings(Uri endpoint) =>
        $$"""{"endpoint":"{{endpoint}}","workspace_id":"b5a1c5de-6f13-4f1e-8e13-0c7ad1e5a2f7","shared_key":"a2l0LXNoYXJlZC1rZXktMDgxNQ==","log_type":"Audit"}""";

    protected override PeerAnswer Refused(PeerRequest request) => new(400, """{"Error":"InvalidDataFormat","Message":"no"}""");
}
