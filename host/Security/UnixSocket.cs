using System.Net.Sockets;

namespace AuditHost.Security;

/// <summary>Connects to a socket of this machine. Which kind it is only shows on connecting: syslog's <c>/dev/log</c> takes datagrams.</summary>
internal static class UnixSocket
{
    public static async ValueTask<Stream> ConnectAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        string path = Uri.UnescapeDataString(endpoint.AbsolutePath);
        UnixDomainSocketEndPoint target = TargetOf(path);
        try
        {
            return await ConnectAsync(target, SocketType.Stream, path, cancellationToken);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ProtocolType)
        {
            return await ConnectAsync(target, SocketType.Dgram, path, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new IOException($"unix:{path} cannot be reached: {exception.Message}", exception);
        }
    }

    private static UnixDomainSocketEndPoint TargetOf(string path)
    {
        if (!path.StartsWith('/'))
            throw new IOException($"unix:{path} cannot be connected to. Expected an absolute path, for instance unix:/run/collector.sock");
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new IOException($"unix:{path} cannot be connected to: the path of a socket may have about 100 bytes", exception);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint target, SocketType type, string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, type, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return type == SocketType.Stream ? new NetworkStream(socket, ownsSocket: true) : new DatagramStream(socket, $"unix:{path}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
