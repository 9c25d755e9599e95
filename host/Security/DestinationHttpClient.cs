using System.Net;
using System.Net.Sockets;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;
using AuditHost.Security.OAuth;

namespace AuditHost.Security;

/// <summary>Builds the HTTP client of one destination. Nothing is connected or read before the first request.</summary>
internal static class DestinationHttpClient
{
    /// <summary>What a connector can read without streaming; enough for the answer to a bulk request.</summary>
    private const int MaxBufferedResponseBytes = 1 << 20;

    private const int MaxResponseHeadersKiB = 32;

    /// <exception cref="SettingsException">The proxy or the credentials cannot work.</exception>
    public static HttpClient Create(DestinationOptions options, ClientTls tls, AddressRules rules, SocketConnector connector, TimeProvider time, Action<string>? tokenIssued)
    {
        WebProxy? proxy = ProxyOf(options);
        HttpMessageHandler handler = new SchemeHandler(
            () => CreateHandler(options.ConnectionPool, proxy, connector),
            () => WithTls(CreateHandler(options.ConnectionPool, proxy, connector), tls));
        if (proxy is not null)
            handler = new ProxiedAddressHandler(rules, handler);
        if (options.Authentication is { } authentication and not AuthenticationOptions.OAuth)
            handler = new AuthenticationHandler(authentication, handler);
        handler = new ConnectionErrorHandler(handler);
        if (options.Authentication is AuthenticationOptions.OAuth oauth)
            handler = new OAuthHandler(TokensOf(oauth, handler, time, tokenIssued), handler);
        var client = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxBufferedResponseBytes,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("AuditHost/1.0");
        return client;
    }

    /// <summary>Tokens are asked for as everything else of the destination is: by its proxy, with its certificates, under its rules.</summary>
    private static TokenSource TokensOf(AuthenticationOptions.OAuth options, HttpMessageHandler handler, TimeProvider time, Action<string>? issued)
    {
        var http = new HttpMessageInvoker(handler, disposeHandler: false);
        return new TokenSource(new TokenEndpoint(options, http, time).RequestAsync, time, issued);
    }

    private static SocketsHttpHandler CreateHandler(ConnectionPoolOptions pool, WebProxy? proxy, SocketConnector connector) => new()
    {
        // A redirect would take the body and an API key of its own header to whatever host the answer names.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = proxy is not null,
        Proxy = proxy,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = pool.MaxConnections,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = pool.ConnectTimeout,
        PooledConnectionIdleTimeout = pool.KeepAlive,
        PooledConnectionLifetime = pool.KeepAlive,
        MaxResponseHeadersLength = MaxResponseHeadersKiB,
        ConnectCallback = async (context, cancellationToken) =>
        {
            DnsEndPoint endpoint = context.DnsEndPoint;
            Socket socket = await connector.ConnectAsync(endpoint.Host, endpoint.Port, ProtocolType.Tcp, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static SocketsHttpHandler WithTls(SocketsHttpHandler handler, ClientTls tls)
    {
        handler.SslOptions = tls.CreateOptions();
        return handler;
    }

    private static WebProxy? ProxyOf(DestinationOptions options)
    {
        if (options.Proxy is not { } proxy)
            return null;
        if (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https"))
            throw new SettingsException("proxy", "Not the address of an HTTP proxy. Expected http://host:port");
        if (proxy.UserInfo.Length == 0)
            return new WebProxy(proxy);
        string[] parts = proxy.UserInfo.Split(':', 2);
        return new WebProxy(new UriBuilder(proxy) { UserName = null, Password = null }.Uri)
        {
            Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? string.Empty)),
        };
    }
}
