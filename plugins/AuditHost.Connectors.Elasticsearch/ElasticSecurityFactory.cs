using AuditHost.Connectors.Elasticsearch;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Settings;
using AuditHost.Sdk;

[assembly: Plugin(typeof(ElasticSecurityFactory))]

namespace AuditHost.Connectors.Elasticsearch;

/// <summary><c>elastic_security</c>: writes events in the Elastic Common Schema to a data stream.</summary>
public sealed class ElasticSecurityFactory() : ConnectorFactory<ElasticSecuritySettings>(
    new ConnectorInfo("elastic_security", "Writes events in the Elastic Common Schema to a data stream that Elastic Security watches, and searches them.")
    {
        Content = BatchContent.Payload,
        DefaultFormat = "ecs",
        Delivered = BulkLimits.Delivered,
        MaxConcurrency = BulkLimits.Concurrency,
        MaxBatchEvents = BulkLimits.Events,
        MaxBatchBytes = BulkLimits.Bytes,
    },
    SettingsContext.Default.ElasticSecuritySettings)
{
    protected override IConnector Create(ElasticSecuritySettings settings, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(context);
        var stream = EventStream.Create(settings);
        HttpEndpoints endpoints = ElasticClient.ParseEndpoints(settings, context.Time);
        var client = new ElasticClient(endpoints, ElasticCredentials.Create(settings), context.Http);
        var fields = SearchFields.OfEcs(settings.SearchFields);
        IndexTemplate? template = settings.IndexTemplate is { } asked ? IndexTemplate.ForDataStream(asked, stream.Name, stream.Patterns) : null;
        return new ElasticConnector(
            client,
            new BulkAddress(settings, settings.RequireDataStream ?? settings.IndexTemplate is not null),
            new BulkBody(new IndexNames(stream.Name, IndexRotation.None), fields, settings, addsTimestamp: true),
            settings.Compression,
            template,
            new EventSearch(client, string.Join(',', stream.Patterns), fields),
            context);
    }

    protected override IReadOnlyList<Uri> Endpoints(ElasticSecuritySettings settings) => ElasticClient.ParseEndpoints(settings, TimeProvider.System).Shown;
}
