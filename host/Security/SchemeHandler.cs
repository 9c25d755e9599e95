namespace AuditHost.Security;

/// <summary>
/// Keeps two pools: plain HTTP never looks at the TLS files, which a site may name for all of its destinations. The pools open
/// with their first request.
/// </summary>
internal sealed class SchemeHandler(Func<SocketsHttpHandler> plain, Func<SocketsHttpHandler> secure) : HttpMessageHandler
{
    private readonly Lazy<HttpMessageInvoker> _plain = new(() => new(plain()), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<HttpMessageInvoker> _secure = new(() => new(secure()), LazyThreadSafetyMode.PublicationOnly);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Lets the handshake agree on HTTP/2; a request made by hand would otherwise stay on 1.1.
        if (request.VersionPolicy == HttpVersionPolicy.RequestVersionOrLower)
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher;
        return For(request.RequestUri!).SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close(_plain);
            Close(_secure);
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker For(Uri uri) => (uri.Scheme == Uri.UriSchemeHttps ? _secure : _plain).Value;

    private static void Close(Lazy<HttpMessageInvoker> pool)
    {
        if (pool.IsValueCreated)
            pool.Value.Dispose();
    }
}
