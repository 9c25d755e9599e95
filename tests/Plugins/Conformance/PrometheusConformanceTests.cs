using AuditHost.Connectors.Prometheus;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

/// <summary>A scrape proves the delivery.</summary>
public sealed class PrometheusConformanceTests : ConnectorConformance
{
    protected override ConnectorFactory CreateFactory() => new PrometheusFactory();

    protected override ValueTask<TestDestination> OpenDestinationAsync() => new(new ScrapedDestination());
}
