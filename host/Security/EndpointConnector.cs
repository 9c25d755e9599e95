using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace AuditHost.Security;

/// <summary>Opens <c>tcp://</c>, <c>tls://</c>, <c>udp://</c> and <c>unix:</c> endpoints as streams. Every failure is an <see cref="IOException"/>.</summary>
internal sealed class EndpointConnector(SocketConnector connector, ClientTls tls, TimeSpan connectTimeout, TimeProvider time)
{
    public async ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.IsAbsoluteUri && endpoint.Scheme == "unix")
            return await UnixSocket.ConnectAsync(endpoint, cancellationToken);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("tcp" or "tls" or "udp") || endpoint.IdnHost.Length == 0 || endpoint.Port <= 0)
            throw new IOException("The endpoint cannot be connected to. Expected tcp://host:port, tls://host:port, udp://host:port or unix:/path");

        ProtocolType protocol = endpoint.Scheme == "udp" ? ProtocolType.Udp : ProtocolType.Tcp;
        Socket socket = await connector.ConnectAsync(endpoint.IdnHost, endpoint.Port, protocol, cancellationToken);
        return endpoint.Scheme switch
        {
            "udp" => new DatagramStream(socket, $"{endpoint.IdnHost}:{endpoint.Port}"),
            "tls" => await HandshakeAsync(new NetworkStream(socket, ownsSocket: true), endpoint, cancellationToken),
            _ => new NetworkStream(socket, ownsSocket: true),
        };
    }

    private async ValueTask<Stream> HandshakeAsync(NetworkStream transport, Uri endpoint, CancellationToken cancellationToken)
    {
        var stream = new SslStream(transport, leaveInnerStreamOpen: false);
        using var deadline = new CancellationTokenSource(connectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await stream.AuthenticateAsClientAsync(tls.CreateOptions(endpoint.IdnHost), either.Token);
            return stream;
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync();
            string? cause = exception switch
            {
                AuthenticationException refused => TlsFailure.Describe(refused),
                IOException broken => broken.Message,
                OperationCanceledException when !cancellationToken.IsCancellationRequested => $"no answer within {connectTimeout.TotalSeconds:0.###} s",
                _ => null,
            };
            if (cause is null)
                throw;
            throw new IOException($"{endpoint.IdnHost}:{endpoint.Port} failed the TLS handshake: {cause}", exception);
        }
    }
}
