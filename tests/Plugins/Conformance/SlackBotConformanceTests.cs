using AuditHost.Connectors.Slack;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>The Web API refuses with 200.</summary>
public sealed class SlackBotConformanceTests : HttpConnectorConformance
{
    protected override bool BodyDecides => true;

    protected override ConnectorFactory CreateFactory() => new SlackFactory();

    protected override string Settings(Uri endpoint) => $$"""{"token":"xoxb-kit-token-0f3b","channel":"C0123456789","api_endpoint":"{{endpoint}}api"}""";

    protected override PeerAnswer Delivered(PeerRequest request) => new(200, """{"ok":true,"channel":"C0123456789","ts":"1795464000.000100"}""");

    protected override PeerAnswer Refused(PeerRequest request) => Error("invalid_blocks");

    protected override PeerAnswer TooLarge(PeerRequest request) => Error("msg_blocks_too_long");

    protected override PeerAnswer Unauthorized(PeerRequest request) => Error("invalid_auth");

    protected override PeerAnswer Unavailable(PeerRequest request) => Error("service_unavailable");

    private static PeerAnswer Error(string name) => new(200, $$"""{"ok":false,"error":"{{name}}"}""");
}
