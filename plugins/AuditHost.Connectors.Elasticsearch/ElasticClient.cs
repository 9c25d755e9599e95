using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Elasticsearch;

/// <summary>Makes requests to the nodes of a cluster.</summary>
internal sealed class ElasticClient(HttpEndpoints endpoints, ElasticCredentials credentials, HttpClient http)
{
    public HttpEndpoints Endpoints => endpoints;

    public ElasticCredentials Credentials => credentials;

    /// <summary>The nodes that a setting names. Operators may have copied an address with the path that takes events.</summary>
    /// <exception cref="SettingsException">One is no endpoint.</exception>
    public static HttpEndpoints ParseEndpoints(ElasticSettings settings, TimeProvider time) =>
        HttpEndpoints.Parse("endpoint", settings.Endpoint, settings.Balancing, time, static endpoint =>
        {
            if (endpoint.Query.Length > 0)
                throw new SettingsException("endpoint", "Has a query (?…). Remove it; pipeline and the like are settings");
            string path = endpoint.AbsolutePath.TrimEnd('/');
            if (path.EndsWith("/_bulk", StringComparison.OrdinalIgnoreCase))
                path = path[..^"/_bulk".Length];
            return new UriBuilder(endpoint) { Path = path }.Uri;
        });

    /// <param name="endpoint">One of <see cref="Endpoints"/>.</param>
    /// <param name="method">The method.</param>
    /// <param name="target">Path and query below the endpoint, encoded.</param>
    /// <param name="content">The body; <see langword="null"/> for none.</param>
    public HttpRequestMessage Request(Uri endpoint, HttpMethod method, string target, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + target)) { Content = content };
        if (credentials.Header is { } header)
            request.Headers.Authorization = header;
        return request;
    }

    /// <returns>The answer's head; the body is still to be read.</returns>
    public Task<HttpResponseMessage> SendAsync(Uri endpoint, HttpRequestMessage request, CancellationToken cancellationToken) =>
        endpoints.SendAsync(http, endpoint, request, cancellationToken);

    /// <summary>Why a request was refused, for a message: what Elasticsearch says, unless it repeats a secret.</summary>
    public HttpRequestException Refusal(string asked, HttpResponseMessage response, ElasticError? error)
    {
        string reason = error is null || credentials.StandIn(error.Text) ? string.Empty : $": {error.Text}";
        return new HttpRequestException($"{asked}: {HttpOutcome.Describe(response)}{reason}", inner: null, response.StatusCode);
    }
}
