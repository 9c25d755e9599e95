using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AuditHost.Sdk.Testing;

/// <summary>A TCP or TLS server on a free port of the loopback address that keeps what it reads.</summary>
internal sealed class StreamPeer : IAsyncDisposable
{
    private readonly ConcurrentQueue<StringBuilder> _received = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly X509Certificate2? _certificate;
    private readonly Func<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>?> _createAnswers;
    private readonly PeerListener _listener;

    /// <param name="certificate">The certificate of a TLS server; <see langword="null"/> for plain TCP.</param>
    /// <param name="createAnswers">Makes, for each connection, what is said to nothing at first and then to what was read.</param>
    public StreamPeer(X509Certificate2? certificate, Func<Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>?> createAnswers)
    {
        _certificate = certificate;
        _createAnswers = createAnswers;
        _listener = new PeerListener(ServeAsync);
        Address = new Uri($"{(certificate is null ? "tcp" : "tls")}://127.0.0.1:{_listener.Port}");
    }

    public Uri Address { get; }

    /// <summary>How connections are treated from now on.</summary>
    public StreamManner Manner { get; set; }

    /// <summary>What was read from each connection, in the order of the connections.</summary>
    public IReadOnlyList<string> Received => [.. _received.Select(text =>
    {
        lock (text)
            return text.ToString();
    }).Where(text => text.Length > 0)];

    /// <summary>Resets every connection that there is.</summary>
    public void ResetAll()
    {
        foreach (Socket socket in _sockets.Keys)
            Reset(socket);
    }

    /// <summary>With <see cref="StreamManner.Resets"/>, waits until every connection made so far is reset: they are taken up in their order.</summary>
    public async Task AfterResetsAsync(CancellationToken cancellationToken)
    {
        using var last = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await last.ConnectAsync(IPAddress.Loopback, _listener.Port, cancellationToken);
            await last.ReceiveAsync(new byte[1], cancellationToken);
        }
        catch (SocketException)
        {
            // Its own reset.
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, 0);
        }
        catch (ObjectDisposedException)
        {
            // The connection came to its own end meanwhile.
        }

        socket.Dispose();
    }

    private async Task ServeAsync(Socket socket, CancellationToken closing)
    {
        try
        {
            _sockets.TryAdd(socket, true);
            StreamManner manner = Manner;
            if (manner == StreamManner.Resets)
            {
                Reset(socket);
                return;
            }

            await using Stream stream = await OpenAsync(socket, closing);
            await TreatAsync(stream, socket, manner, closing);
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

    private async Task TreatAsync(Stream stream, Socket socket, StreamManner manner, CancellationToken closing)
    {
        if (manner == StreamManner.Deaf)
            await Task.Delay(Timeout.Infinite, closing);
        if (manner == StreamManner.HalfCloses)
            await HalfCloseAsync(stream, socket);
        using var read = CancellationTokenSource.CreateLinkedTokenSource(closing);
        Task talking = manner == StreamManner.Talks ? TalkAsync(stream, read.Token) : Task.CompletedTask;
        try
        {
            // Its own talk, or an end of all talk, leaves no room for answers.
            await ReadAsync(stream, manner == StreamManner.Reads ? _createAnswers() : null, closing);
        }
        finally
        {
            await read.CancelAsync();
            await talking;
        }
    }

    private static async Task HalfCloseAsync(Stream stream, Socket socket)
    {
        if (stream is SslStream tls)
            await tls.ShutdownAsync();
        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task TalkAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] nonsense = [.. Enumerable.Range(0, 4096).Select(number => (byte)(number * 151 % 256))];
        try
        {
            while (true)
                await stream.WriteAsync(nonsense, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private async Task ReadAsync(Stream stream, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? answer, CancellationToken closing)
    {
        var text = new StringBuilder();
        _received.Enqueue(text);
        byte[] buffer = new byte[16 * 1024];
        int read = 0;
        do
        {
            lock (text)
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (answer is not null && answer(buffer.AsMemory(0, read)) is { IsEmpty: false } said)
                await stream.WriteAsync(said, closing);
            read = await stream.ReadAsync(buffer, closing);
        }
        while (read > 0);
    }

    private async Task<Stream> OpenAsync(Socket socket, CancellationToken closing)
    {
        var transport = new NetworkStream(socket, ownsSocket: true);
        if (_certificate is null)
            return transport;
        var tls = new SslStream(transport);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, closing);
        return tls;
    }
}
