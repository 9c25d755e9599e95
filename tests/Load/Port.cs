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
}
