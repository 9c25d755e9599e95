using System.Net;
using System.Net.Sockets;

namespace AuditHost.Load;

internal static class Port
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Opens so many connections.</summary>
    public static async Task<Socket[]> ConnectAsync(int port, int connections)
    {
        var sockets = new Socket[connections];
        for (int number = 0; number < connections; number++)
        {
            sockets[number] = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sockets[number].ConnectAsync(IPAddress.Loopback, port);
        }

        return sockets;
    }
}
