using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.EndToEnd;

/// <summary>A syslog server over TCP that remembers the events it was sent, a line each.</summary>
internal sealed class SyslogReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SyslogReceiver()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentDictionary<string, int> Taken { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ReadAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream()))
        {
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    foreach (string id in TestEvents.IdsIn(line).Distinct())
                        Taken.AddOrUpdate(id, 1, static (string _, int count) => count + 1);
                }
            }
            catch (IOException)
            {
                // The host was killed.
            }
        }
    }
}
