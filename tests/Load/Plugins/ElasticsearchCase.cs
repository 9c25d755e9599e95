using AuditHost.Fakes.Elasticsearch;

namespace AuditHost.Load;

/// <summary>Elasticsearch's <c>_bulk</c>.</summary>
internal static class ElasticsearchCase
{
    public static IPluginCase Create() => Create("type: elasticsearch, index_prefix: audit");

    public static IPluginCase Security() => Create("type: elastic_security, index_pattern: \"audit-*\"");

    private static HttpCase<FakeElasticsearch> Create(string keys) => new(
        new FakeElasticsearch(),
        static fake => fake.EventCount,
        fake => $"{{ {keys}, endpoint: \"{fake.Address}\", api_key: \"${{ELASTIC_API_KEY}}\" }}")
    {
        Environment = new Dictionary<string, string> { ["ELASTIC_API_KEY"] = FakeElasticsearch.ApiKey },
    };
}
