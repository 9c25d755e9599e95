using System.Net;

namespace AuditHost.PluginKit.Http;

/// <summary>Checks that an HTTP destination can be reached, without side effects.</summary>
public static class HttpProbe
{
    /// <summary>
    /// Sends <c>OPTIONS</c>, which changes nothing by definition (RFC 9110, section 9.3.7). Whatever answers is there, also with 404
    /// or 405: many receivers know only their own method. Only refused credentials, a redirect and a gateway without anything
    /// behind it count as unreachable.
    /// </summary>
    /// <exception cref="HttpRequestException">It cannot be reached; the message says why.</exception>
    public static async ValueTask CheckAsync(HttpClient client, Uri endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, endpoint);
        await CheckAsync(client, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same with a request of the caller's own, for destinations that want a header with it. It has to change nothing.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached; the message says why.</exception>
    public static async ValueTask CheckAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        using HttpResponseMessage response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        bool reached = (int)response.StatusCode is not (>= 300 and <= 399) && response.StatusCode
            is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired)
            and not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);
        if (!reached)
            throw new HttpRequestException(HttpOutcome.Describe(response), inner: null, response.StatusCode);
    }
}
