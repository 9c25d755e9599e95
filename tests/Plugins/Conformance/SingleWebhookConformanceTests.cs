using AuditHost.Connectors.Webhook;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>One event per request: the answers to the requests of a batch are its partial failures.</summary>
public sealed class SingleWebhookConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new WebhookFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","mode":"single","compression":"gzip"}""";

    protected override PeerAnswer? PartialFailure(PeerRequest request, int failedIndex) => new(request.Number == failedIndex ? 422 : 204);
}
