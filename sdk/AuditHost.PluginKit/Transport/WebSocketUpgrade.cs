using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using AuditHost.PluginKit.Http;
using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// Opens a WebSocket (RFC 6455, section 4.1) by the destination's own HTTP client, so that the site's TLS, <c>authentication</c>, proxy and
/// address rules hold for it as for every request. A client of the platform's own would bring its own rules.
/// </summary>
internal static class WebSocketUpgrade
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <exception cref="RefusedConnectionException">The server does not want it.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public static async ValueTask<WebSocket> OpenAsync(Uri endpoint, WebSocketOptions options, PluginContext context, CancellationToken cancellationToken)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        using HttpRequestMessage request = Ask(endpoint, options, key);
        HttpResponseMessage response =
            await context.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
                throw new RefusedConnectionException(await RefusedAsync(response, context.Time, cancellationToken).ConfigureAwait(false));
            if (Mistake(response, options, key) is { } mistake)
                throw Misconfigured($"The server answered the upgrade {mistake}");
            Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
            {
                SubProtocol = options.Subprotocol,
                KeepAliveInterval = options.PingInterval,
                KeepAliveTimeout = options.PingTimeout,
            });
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage Ask(Uri endpoint, WebSocketOptions options, string key)
    {
        // The host's client tells TLS from plain by https. For ws the scheme stays: that is how the platform knows to ask a proxy for a tunnel.
        Uri address = endpoint.Scheme == "wss" ? new UriBuilder(endpoint) { Scheme = "https", Port = endpoint.Port }.Uri : endpoint;
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        if (options.Subprotocol is { } subprotocol)
            request.Headers.TryAddWithoutValidation("Sec-WebSocket-Protocol", subprotocol);
        return request;
    }

    /// <summary>No event is at fault when a connection is refused, so that nothing is rejected for it.</summary>
    private static async ValueTask<DeliveryResult> RefusedAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        TimeSpan? retryAfter = RetryAfter.Of(response, time);
        FailureKind? kind = HttpOutcome.Classify(response.StatusCode, retryAfter is not null);
        string? text = await ResponseText.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        DeliveryResult result = kind is FailureKind.Transient or FailureKind.Throttled
            ? DeliveryResult.Failed(kind.Value, HttpOutcome.Describe(response), retryAfter)
            : DeliveryResult.Failed(FailureKind.Misconfigured, $"{HttpOutcome.Describe(response)}, where a WebSocket was asked for");
        return result.WithResponse((int)response.StatusCode, text);
    }

    private static string? Mistake(HttpResponseMessage response, WebSocketOptions options, string key)
    {
        if (!Has(response, "Upgrade", "websocket") || !Has(response, "Connection", "Upgrade"))
            return "with another protocol than WebSocket";
        string accept = Convert.ToBase64String(Hash(key + AcceptSuffix));
        if (!response.Headers.NonValidated.TryGetValues("Sec-WebSocket-Accept", out var accepted) || accepted.ToString() != accept)
            return "without the proof that it is a WebSocket server";
        if (response.Headers.NonValidated.Contains("Sec-WebSocket-Extensions"))
            return "with an extension that nobody asked for";
        string? agreed = response.Headers.NonValidated.TryGetValues("Sec-WebSocket-Protocol", out var protocols) ? protocols.ToString() : null;
        return agreed == options.Subprotocol ? null : "with another subprotocol than was asked for. Check the subprotocol and the endpoint";
    }

    private static bool Has(HttpResponseMessage response, string header, string token) =>
        response.Headers.NonValidated.TryGetValues(header, out var values)
        && values.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(token, StringComparer.OrdinalIgnoreCase);

#pragma warning disable CA5350 // The protocol's own choice (RFC 6455, section 1.3); it proves no more than that the peer has read the key.
    private static byte[] Hash(string text) => SHA1.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5350

    private static RefusedConnectionException Misconfigured(string reason) => new(DeliveryResult.Failed(FailureKind.Misconfigured, reason));
}
