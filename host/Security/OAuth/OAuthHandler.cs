using System.Net;
using System.Net.Http.Headers;

namespace AuditHost.Security.OAuth;

/// <summary>Puts a destination's token on every request. One that is refused is replaced once: it may have been revoked.</summary>
internal sealed class OAuthHandler(TokenSource tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AccessToken token = await tokens.GetAsync(cancellationToken);
        HttpResponseMessage response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;
        AccessToken other = await tokens.ReplaceAsync(token, cancellationToken);
        if (other == token)
            return response;
        response.Dispose();
        return await SendAsync(request, other, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, AccessToken token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return base.SendAsync(request, cancellationToken);
    }
}
