using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.Fakes;

/// <summary>
/// A server on a port of the loopback address whose protocol is its own, over TCP or TLS. Derived classes serve one connection; what breaks a
/// rule of the protocol is noted.
/// </summary>
public abstract class FakeStreamServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _connections;
    private long _byteCount;

    /// <param name="certificate">Speaks TLS with it.</param>
    protected FakeStreamServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: <c>tcp://127.0.0.1:port</c>, or <c>tls://</c>.</summary>
    public Uri Address => new($"{(_certificate is null ? "tcp" : "tls")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many connections were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The bytes that came, without those of TLS.</summary>
    public long ByteCount => Volatile.Read(ref _byteCount);

    /// <summary>Whether what comes is kept; off for load, where only counts are wanted.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>The rules that were broken. A test of a connector ends with an empty list here, unless it is about the refusal.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    /// <summary>Resets every connection there is.</summary>
    public void ResetAll()
    {
        foreach (Socket socket in _sockets.Keys)
            socket.Close(timeout: 0);
    }

    /// <summary>Closes every connection in good order, as a server does that has heard nothing for a while.</summary>
    public void CloseAll()
    {
        foreach (Socket socket in _sockets.Keys)
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The client was faster.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _closing.CancelAsync();
        _listener.Dispose();
        ResetAll();
        await _accepting;
        _closing.Dispose();
    }

    /// <summary>Serves one connection until its client leaves; what the client's leaving throws may pass.</summary>
    protected abstract Task ServeAsync(Stream stream, CancellationToken cancellationToken);

    /// <summary>Notes a broken rule.</summary>
    protected void Break(string rule) => _violations.Enqueue(rule);

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_closing.Token);
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                _sockets.TryAdd(socket, true);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or InvalidOperationException)
        {
            // The test is over.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream stream = await OpenAsync(socket);
            await using var counted = new CountedStream(stream, count => Interlocked.Add(ref _byteCount, count));
            await ServeAsync(counted, _closing.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or SocketException or AuthenticationException)
        {
            // The client went away, was reset, or the test is over.
        }
        finally
        {
            _sockets.TryRemove(socket, out _);
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var transport = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null)
            return transport;
        var tls = new SslStream(transport);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token);
        return tls;
    }
}
