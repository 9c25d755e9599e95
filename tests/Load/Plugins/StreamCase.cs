using System.Net;
using System.Net.Sockets;

namespace AuditHost.Load;

/// <summary>A plugin that writes to a TCP stream: counts the bytes that end an event.</summary>
/// <param name="end">The byte.</param>
/// <param name="destination">The destination's keys, given the port.</param>
internal sealed class StreamCase(byte end, Func<int, string> destination) : IPluginCase
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Task _accepting = Task.CompletedTask;
    private long _events;
    private long _bytes;

    public string Destination => destination(((IPEndPoint)_listener.LocalEndpoint).Port);

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public long Events => Volatile.Read(ref _events);

    public long Bytes => Volatile.Read(ref _bytes);

    public IReadOnlyList<string> Violations => [];

    public Task StartAsync(string folder)
    {
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync()));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The case is over.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        byte[] buffer = new byte[256 << 10];
        using (socket)
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0;)
            {
                Interlocked.Add(ref _bytes, read);
                Interlocked.Add(ref _events, buffer.AsSpan(0, read).Count(end));
            }
        }
    }
}
