using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Security;

namespace AuditHost.Sdk.Testing;

/// <summary>
/// A destination's context by the host's rules, with real sockets: redirects and proxies off, no timeout but the token's, at most
/// 32 KiB of headers and 1 MiB of buffered answer. It keeps what the plugin logs. The address rules and templates are the host's alone.
/// </summary>
public sealed class TestPluginContext : PluginContext, IDisposable
{
    // Small, so that a peer that reads nothing is felt.
    private const int SendBufferBytes = 16 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly string _directory;
    private readonly X509Certificate2? _authority;
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private int _connections;

    /// <summary>Makes a context.</summary>
    /// <param name="directory">The folder that relative paths count from; the current one where none is given.</param>
    /// <param name="time">The clock; the machine's where none is given.</param>
    /// <param name="authority">The only authority that TLS trusts; without one, no certificate is good.</param>
    /// <param name="credential">The bearer token that <see cref="Http"/> sends along; none where left out.</param>
    public TestPluginContext(string? directory = null, TimeProvider? time = null, X509Certificate2? authority = null, string? credential = null)
    {
        _directory = directory ?? Directory.GetCurrentDirectory();
        _authority = authority;
        Time = time ?? TimeProvider.System;
        Tls = new TlsPolicy { CreateClientOptions = OptionsFor };
        Http = CreateHttp(credential);
    }

    /// <summary>What was logged, in order.</summary>
    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <summary>The messages of level warning and worse, in order.</summary>
    public IEnumerable<string> Warnings => _entries.Where(entry => entry.Level <= EventLevel.Warning).Select(entry => entry.Message);

    /// <summary>How many connections were begun.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <inheritdoc/>
    public override string Destination => "test";

    /// <inheritdoc/>
    public override HttpClient Http { get; }

    /// <inheritdoc/>
    public override TimeProvider Time { get; }

    /// <inheritdoc/>
    public override TlsPolicy Tls { get; }

    internal StepCounter Steps { get; } = new();

    /// <inheritdoc/>
    public override async ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        switch (endpoint.Scheme)
        {
            case "udp":
                return new SteppedStream(new DatagramStream(await OpenAsync(endpoint, cancellationToken), endpoint.Authority), Steps);
            case "tcp" or "unix":
                return await StreamAsync(endpoint, cancellationToken);
            case "tls":
                return await ProtectAsync(await StreamAsync(endpoint, cancellationToken), endpoint.IdnHost, cancellationToken);
            default:
                throw new IOException("The endpoint cannot be connected to. Expected tcp://host:port, tls://host:port, udp://host:port or unix:/path");
        }
    }

    /// <exception cref="NotSupportedException">Always: templates are compiled by the host alone.</exception>
    /// <inheritdoc/>
    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") =>
        throw new NotSupportedException("Only the host compiles templates. Give the connector a formatter of the test's own.");

    /// <inheritdoc/>
    public override string ResolvePath(string path) => Path.GetFullPath(path, _directory);

    /// <inheritdoc/>
    public override void Log(EventLevel level, string message, Exception? exception = null) =>
        _entries.Enqueue(new LogEntry(level, message, exception?.ToString()));

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private HttpClient CreateHttp(string? credential)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            MaxResponseHeadersLength = 32,
            SslOptions = OptionsFor(string.Empty),
            ConnectCallback = async (context, cancellationToken) =>
                await StreamAsync(new Uri($"tcp://{context.DnsEndPoint.Host}:{context.DnsEndPoint.Port}"), cancellationToken),
        };
        HttpMessageHandler handler = credential is null ? sockets : new CredentialHandler(credential, sockets);
        var client = new HttpClient(new ConnectionErrorHandler(handler)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("AuditHost/1.0");
        return client;
    }

    private async ValueTask<SteppedStream> StreamAsync(Uri endpoint, CancellationToken cancellationToken) =>
        new(new NetworkStream(await OpenAsync(endpoint, cancellationToken), ownsSocket: true), Steps);

    private async ValueTask<Socket> OpenAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        Steps.Pass();
        Socket socket = endpoint.Scheme switch
        {
            "udp" => new Socket(SocketType.Dgram, ProtocolType.Udp),
            "unix" => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
            _ => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SendBufferBytes },
        };
        try
        {
            if (endpoint.Scheme == "unix")
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.AbsolutePath), cancellationToken);
            else
                await socket.ConnectAsync(endpoint.IdnHost, endpoint.Port, cancellationToken);
            return socket;
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"{endpoint.Authority} cannot be reached: {exception.Message}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<Stream> ProtectAsync(Stream transport, string host, CancellationToken cancellationToken)
    {
        var stream = new SslStream(transport, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(OptionsFor(host), cancellationToken);
            return stream;
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync();
            if (exception is AuthenticationException refused)
                throw new IOException($"{host} failed the TLS handshake: {TlsFailure.Describe(refused)}", exception);
            throw;
        }
    }

    private SslClientAuthenticationOptions OptionsFor(string host)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        if (_authority is not null)
            trust.CustomTrustStore.Add(_authority);
        return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust };
    }
}
