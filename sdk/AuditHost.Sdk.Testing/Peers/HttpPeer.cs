using System.Collections.Concurrent;
using System.Net.Sockets;

namespace AuditHost.Sdk.Testing;

/// <summary>
/// An HTTP/1.1 server on a free port of the loopback address. It answers as it is told and keeps what it gets; the kit makes it
/// misbehave in ways that no web server's library would.
/// </summary>
public sealed class HttpPeer : IAsyncDisposable
{
    private readonly ConcurrentQueue<PeerRequest> _requests = new();
    private readonly PeerListener _listener;
    private int _connections;
    private int _number = -1;

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">The answer to each request.</param>
    public HttpPeer(Func<PeerRequest, PeerAnswer> answer)
    {
        Answer(answer);
        _listener = new PeerListener(ServeAsync);
        Address = new Uri($"http://127.0.0.1:{_listener.Port}/in");
    }

    /// <summary>Its address, with the path <c>/in</c>.</summary>
    public Uri Address { get; }

    /// <summary>The requests that were read to their end, in that order.</summary>
    public IReadOnlyCollection<PeerRequest> Requests => _requests;

    /// <summary>How many connections were opened.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What happens to requests from now on.</summary>
    internal PeerScript Script { get; set; } = null!;

    /// <summary>What happens to a connection before anything is read from it; <see langword="null"/> for nothing out of the ordinary.</summary>
    internal Func<PeerConnection, CancellationToken, Task>? AcceptScript { get; set; }

    /// <summary>Answers requests from now on.</summary>
    public void Answer(Func<PeerRequest, PeerAnswer> answer) => Script = async (connection, request, cancellationToken) =>
    {
        await connection.WriteAsync(answer(request).Render(), cancellationToken);
        return true;
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(Socket socket, CancellationToken closing)
    {
        Interlocked.Increment(ref _connections);
        using var connection = new PeerConnection(socket);
        try
        {
            if (AcceptScript is { } accept)
                await accept(connection, closing);
            bool more = true;
            while (more && await connection.ReadAsync(closing) is { } read)
            {
                PeerRequest request = read with { Number = Interlocked.Increment(ref _number) };
                _requests.Enqueue(request);
                more = await Script(connection, request, closing);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }
}
