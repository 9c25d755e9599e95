using AuditHost.Connectors.Elasticsearch;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class ElasticsearchConformanceTests : ElasticConformance
{
    protected override ConnectorFactory CreateFactory() => new ElasticsearchFactory();

    protected override string Settings(Uri endpoint) => $$"""{"endpoint":"{{endpoint}}","api_key":"a2l0OmtleS0wZjNi","compression":"none"}""";
}
