using AuditHost.Connectors.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class SlackWebhookConformanceTests : HttpConnectorConformance
{
    // A webhook's 200 says nothing without its ok.
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new SlackFactory();

    protected override string Settings(Uri endpoint) => $$"""{"webhook_url":"{{endpoint}}services/T00000000/B00000000/kit-secret-0f3b"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, "ok", "text/html");

    protected override PeerAnswer Refused(PeerRequest request) => new(400, "invalid_blocks", "text/html");

    protected override PeerAnswer Unauthorized(PeerRequest request) => new(403, "invalid_token", "text/html");
}
