using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AuditHost.Sdk;

namespace AuditHost.Plugins.Tests;

/// <summary>A destination's context with real sockets and no rules: relative paths count from a folder of the test.</summary>
internal sealed class TestPluginContext(string directory, TimeProvider? time = null, X509Certificate2? authority = null) : PluginContext
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public override string Destination => "test";

    public override HttpClient Http => throw new NotSupportedException("This context has no HTTP.");

    public override TimeProvider Time => time ?? TimeProvider.System;

    public override TlsPolicy Tls => new();

    public override async ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        bool isUdp = endpoint.Scheme == "udp";
        var socket = new Socket(isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"{endpoint} is not there: {exception.Message}", exception);
        }

        if (isUdp)
            return new DatagramStream(socket);
        var stream = new NetworkStream(socket, ownsSocket: true);
        return endpoint.Scheme == "tls" ? await ProtectAsync(stream, endpoint.Host, cancellationToken) : stream;
    }

    public override IEventFormatter CompileTemplate(string source, string contentType = "text/plain") =>
        throw new NotSupportedException("This context has no templates.");

    public override string ResolvePath(string path) => Path.Combine(directory, path);

    public override void Log(EventLevel level, string message, Exception? exception = null)
    {
        if (level <= EventLevel.Warning)
            Warnings.Enqueue(message);
    }

    private async Task<Stream> ProtectAsync(NetworkStream stream, string host, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        if (authority is not null)
            trust.CustomTrustStore.Add(authority);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = trust }, cancellationToken);
            return tls;
        }
        catch (System.Security.Authentication.AuthenticationException exception)
        {
            await tls.DisposeAsync();
            throw new IOException(exception.Message, exception);
        }
    }
}
