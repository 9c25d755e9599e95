using AuditHost.Connectors.Elasticsearch;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(ElasticsearchFactory))]

namespace AuditHost.Connectors.Elasticsearch;

/// <summary><c>elasticsearch</c>: writes events to indices with dates in their names.</summary>
public sealed class ElasticsearchFactory() : ConnectorFactory<ElasticsearchSettings>(
    new ConnectorInfo("elasticsearch", "Writes events to Elasticsearch, into indices by date, and searches them.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "elasticsearch",
        Delivered = BulkLimits.Delivered,
        MaxConcurrency = BulkLimits.Concurrency,
        MaxBatchEvents = BulkLimits.Events,
        MaxBatchBytes = BulkLimits.Bytes,
    },
    SettingsContext.Default.ElasticsearchSettings)
{
    protected override IConnector Create(ElasticsearchSettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(context);
        string prefix = IndexName.Check("index_prefix", settings.IndexPrefix, IndexNames.LongestDate);
        var names = new IndexNames(prefix, settings.IndexRotation);
        HttpEndpoints endpoints = ElasticClient.ParseEndpoints(settings, context.Time);
        var client = new ElasticClient(endpoints, ElasticCredentials.Create(settings), context.Http);
        var fields = SearchFields.OfEvents(settings.SearchFields);
        IndexTemplate? template = settings.IndexTemplate is { } asked ? IndexTemplate.ForIndices(asked, prefix, names.Pattern) : null;
        return new ElasticConnector(
            client,
            new BulkAddress(settings, requireDataStream: false),
            new BulkBody(names, fields, settings, settings.AddTimestamp),
            settings.Compression,
            template,
            new EventSearch(client, names.Pattern, fields),
            context);
    }

    protected override IReadOnlyList<Uri> Endpoints(ElasticsearchSettings settings) => ElasticClient.ParseEndpoints(settings, TimeProvider.System).Shown;
}
