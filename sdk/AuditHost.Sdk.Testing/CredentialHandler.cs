using System.Net.Http.Headers;

namespace AuditHost.Sdk.Testing;

/// <summary>Adds the credentials of <c>authentication: { type: bearer_token }</c>, which a connector never sees.</summary>
internal sealed class CredentialHandler(string token, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
