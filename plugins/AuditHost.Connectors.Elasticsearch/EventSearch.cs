using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Finds events by <c>_search</c>, page by page with <c>search_after</c>.</summary>
/// <param name="client">The cluster.</param>
/// <param name="indices">Which indices are searched, by names and patterns with commas between them.</param>
/// <param name="fields">What their documents are asked for.</param>
internal sealed class EventSearch(ElasticClient client, string indices, SearchFields fields)
{
    private const int MaxAnswerMiB = 64;

    // What is not there holds no event; the destination may not have had one yet.
    private readonly string _target = $"/{indices}/_search?ignore_unavailable=true&allow_no_indices=true";
    private readonly FieldTypes _types = new(client, indices, fields);

    /// <exception cref="ArgumentException">The query cannot be asked.</exception>
    /// <exception cref="HttpRequestException">The cluster refuses or cannot be reached.</exception>
    public async ValueTask<SearchPage> RunAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Size is < 1 or > 10_000)
            throw new ArgumentException("A page has 1 to 10,000 events", nameof(query));
        SearchPosition? after = query.After is null ? null : SearchPosition.Parse(query.After);
        Uri endpoint = client.Endpoints.Choose();
        try
        {
            SearchedFields searched = await _types.FindAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return await AskAsync(endpoint, query, SearchRequest.Write(query, searched, after), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"The answer broke off: {exception.Message}", exception);
        }
    }

    private async ValueTask<SearchPage> AskAsync(Uri endpoint, SearchQuery query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = client.Request(endpoint, HttpMethod.Post, _target, HttpPayload.Create(body, "application/json"));
        using HttpResponseMessage response = await client.SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, MaxAnswerMiB << 20, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw client.Refusal("_search", response, ElasticError.In(answer.Root));
        return SearchAnswer.Read(answer.Root, query.Size, fields)
            ?? throw new HttpRequestException(
                $"The answer to _search is none, or longer than {MaxAnswerMiB} MiB. Ask for fewer events at a time", inner: null, response.StatusCode);
    }
}
