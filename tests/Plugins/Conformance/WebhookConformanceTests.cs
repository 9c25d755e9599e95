using AuditHost.Connectors.Webhook;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class WebhookConformanceTests : HttpConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new WebhookFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}?key=1"}""";
}
