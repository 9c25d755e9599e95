using AuditHost.Connectors.Elasticsearch;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class ElasticSecurityConformanceTests : ElasticConformance
{
    protected override ConnectorFactory CreateFactory() => new ElasticSecurityFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","username":"kit","password":"kit-password-0f3b","compression":"none"}""";
}
