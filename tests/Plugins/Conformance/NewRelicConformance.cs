using AuditHost.Connectors.NewRelic;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A New Relic destination that is sent some kinds of data.</summary>
public abstract class NewRelicConformance(string send) : HttpConnectorConformance
{
    // A success counts for nothing without the id of a request.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new NewRelicFactory();

    // The kit's large events are larger than New Relic keeps them.
    protected override string Settings(Uri endpoint) =>
        $$"""{"endpoint":"{{endpoint}}","license_key":"kit-license-key-0f3b","account_id":"17","send":{{send}},"compression":"none","oversized_events":"cut"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => request.Target switch
    {
        "/v1/traces" => new PeerAnswer(200),
        "/v1/accounts/17/events" => new PeerAnswer(200, """{"success":true,"uuid":"f0e7bfff-001a-b000-0000-01682bcf4565"}"""),
        _ => new PeerAnswer(202, """{"requestId":"f0e7bfff-001a-b000-0000-01682bcf4565"}"""),
    };

    protected override PeerAnswer Unauthorized(PeerRequest request) => new(403, """{"error":"Authentication failure."}""");
}
