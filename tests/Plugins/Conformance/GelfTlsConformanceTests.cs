using AuditHost.Connectors.Gelf;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class GelfTlsConformanceTests : StreamConnectorConformance
{
    protected override bool Tls => true;

    protected override ConnectorFactory CreateFactory() => new GelfFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}"}""";
}
