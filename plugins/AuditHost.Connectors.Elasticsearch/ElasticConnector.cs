using System.Diagnostics.Tracing;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Sends a batch as one <c>_bulk</c> request and reads what became of each event. Both connectors are made of it.</summary>
internal sealed class ElasticConnector(
    ElasticClient client, BulkAddress address, BulkBody documents, HttpCompression compression, IndexTemplate? template, EventSearch search, PluginContext context)
    : IConnector, IEventSearch
{
    private const string Quarantine =
        "Elasticsearch takes events into the failure store, because they fit no mapping or a pipeline failed. They count as delivered; look at the data stream's ::failures.";

    private readonly ElasticProbe _probe = new(client, context);
    private int _quarantines;

    /// <summary>Puts the template, where it is this connector's, before the first document could make an index without it.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public ValueTask StartAsync(CancellationToken cancellationToken) => template?.PutAsync(client, cancellationToken) ?? default;

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var body = new PooledBuffer(64 << 10);
        string index = documents.Write(batch, body);
        Uri endpoint = client.Endpoints.Choose();
        using HttpRequestMessage request = client.Request(
            endpoint, HttpMethod.Post, address.Of(index), HttpPayload.Create(body.Written, "application/x-ndjson", compression));
        using HttpResponseMessage response = await client.SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        (DeliveryResult result, int quarantined) = await BulkAnswer.ReadAsync(response, batch.Count, context.Time, cancellationToken).ConfigureAwait(false);
        if (quarantined > 0 && Interlocked.Exchange(ref _quarantines, 1) == 0)
            context.Log(EventLevel.Warning, Quarantine);
        return result;
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _probe.CheckAsync(cancellationToken);

    public ValueTask<SearchPage> SearchAsync(SearchQuery query, CancellationToken cancellationToken) => search.RunAsync(query, cancellationToken);
}
