using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AuditHost.Sdk.Testing;

/// <summary>Listens on a free port of the loopback address and serves every connection beside the others, until it is disposed of.</summary>
internal sealed class PeerListener : IAsyncDisposable
{
    // Small, so that a client that sends much feels a peer that reads nothing.
    private const int ReceiveBufferBytes = 8 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Task, bool> _serving = new();
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _disposed;

    /// <param name="serve">Serves a connection; the token is cancelled when the listener closes, and what it throws then is its own to catch.</param>
    public PeerListener(Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Server.ReceiveBufferSize = ReceiveBufferBytes;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_serving.Keys);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _serving.TryAdd(_serve(await _listener.AcceptSocketAsync(_closing.Token), _closing.Token), true);
            }
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or SocketException)
            {
                // It listens no more.
                return;
            }
        }
    }
}
