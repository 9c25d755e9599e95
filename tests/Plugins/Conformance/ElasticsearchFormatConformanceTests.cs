using AuditHost.Connectors.Elasticsearch;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Conformance;

public sealed class ElasticsearchFormatConformanceTests : FormatterConformance
{
    protected override FormatterFactory CreateFactory() => new ElasticsearchFormatterFactory();
}
