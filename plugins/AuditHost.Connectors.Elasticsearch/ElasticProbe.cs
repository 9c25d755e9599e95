using System.Diagnostics.Tracing;
using System.Net;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>
/// Asks a node who it is. That needs the privilege <c>monitor</c>; a key without it, made for writing alone, is asked after itself instead.
/// </summary>
internal sealed class ElasticProbe(ElasticClient client, PluginContext context)
{
    private const string Foreign =
        "What answers is not Elasticsearch (no X-Elastic-Product). Its _bulk is used all the same; events that are sent again may be stored twice.";

    private int _isForeign;

    /// <exception cref="HttpRequestException">No node can be reached, or none takes the credentials.</exception>
    public ValueTask CheckAsync(CancellationToken cancellationToken) => client.Endpoints.ProbeAsync(async endpoint =>
    {
        if (await AskAsync(endpoint, "/", mayBeForbidden: true, cancellationToken).ConfigureAwait(false) == HttpStatusCode.Forbidden)
            await AskAsync(endpoint, "/_security/_authenticate", mayBeForbidden: false, cancellationToken).ConfigureAwait(false);
    });

    private async ValueTask<HttpStatusCode> AskAsync(Uri endpoint, string path, bool mayBeForbidden, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = client.Request(endpoint, HttpMethod.Get, path);
        using HttpResponseMessage response = await client.SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonAnswer answer = await JsonAnswer.ReadAsync(response, ResponseText.MaxReadBytes, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK && !(mayBeForbidden && response.StatusCode == HttpStatusCode.Forbidden))
            throw client.Refusal($"GET {path}", response, ElasticError.In(answer.Root));
        if (response.StatusCode == HttpStatusCode.OK)
            LookAt(response, answer);
        return response.StatusCode;
    }

    /// <summary>Others speak the same protocol, so this is no failure; whether they deduplicate by <c>_id</c> is their affair.</summary>
    private void LookAt(HttpResponseMessage response, JsonAnswer answer)
    {
        if (answer.Root is null)
            throw new HttpRequestException("HTTP 200, and the answer is no JSON. Is this Elasticsearch?", inner: null, response.StatusCode);
        bool isElastic = response.Headers.TryGetValues("X-Elastic-Product", out IEnumerable<string>? product) && product.Contains("Elasticsearch");
        if (!isElastic && Interlocked.Exchange(ref _isForeign, 1) == 0)
            context.Log(EventLevel.Warning, Foreign);
    }
}
