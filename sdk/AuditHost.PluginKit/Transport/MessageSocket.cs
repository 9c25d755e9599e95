using System.Net.WebSockets;
using AuditHost.PluginKit.Text;

namespace AuditHost.PluginKit.Transport;

/// <summary>
/// A WebSocket connection that is read at all times, also while nothing is expected: that is how pings are answered, how a server that went
/// away shows itself, and how a server is never kept from reading by answers that nobody takes. After a failed or cancelled send it is of no
/// more use.
/// </summary>
public sealed class MessageSocket : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly int _maxMessageBytes;
    private readonly TimeProvider _time;
    private readonly Func<MessageSocket, ReadOnlyMemory<byte>, ValueTask> _take;
    private readonly SemaphoreSlim _sending = new(1);

    /// <param name="endpoint">Whom it leads to.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="maxMessageBytes">The longest message that is taken; a longer one ends the connection.</param>
    /// <param name="time">The clock.</param>
    /// <param name="take">Takes each whole message in turn. Its memory is valid until the task completes.</param>
    internal MessageSocket(Uri endpoint, WebSocket socket, int maxMessageBytes, TimeProvider time, Func<MessageSocket, ReadOnlyMemory<byte>, ValueTask> take)
    {
        Endpoint = endpoint;
        _socket = socket;
        _maxMessageBytes = maxMessageBytes;
        _time = time;
        _take = take;
        Ended = Task.Run(ReadAsync);
    }

    /// <summary>Whom it leads to.</summary>
    public Uri Endpoint { get; }

    /// <summary>
    /// Completes when the connection is over, and all that the server had said is taken; never fails. Its result says why, a
    /// <see cref="ClosedSocketException"/> where the server did.
    /// </summary>
    public Task<IOException> Ended { get; }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isText">Whether it is text, in UTF-8.</param>
    /// <param name="cancellationToken">Ends the sending, and the connection with it.</param>
    /// <exception cref="IOException">The connection is over; what of the message arrived is unknown.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket
                .SendAsync(message, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The connection broke: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends the connection at once, without a word: after a failure.</summary>
    public ValueTask AbortAsync()
    {
        _socket.Abort();
        return DisposeAsync();
    }

    /// <summary>Says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await SayGoodbyeAsync().ConfigureAwait(false);
        _socket.Abort();
        await Ended.ConfigureAwait(false);
        _socket.Dispose();
        _sending.Dispose();
    }

    private async ValueTask SayGoodbyeAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(GoodbyeTimeout, _time);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A courtesy must not fail the closing.
        }
    }

    private async Task<IOException> ReadAsync()
    {
        using var message = new PooledBuffer(4096);
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(message.GetMemory(1024), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    return new ClosedSocketException((int)(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure));
                message.Advance(part.Count);
                if (message.Length > _maxMessageBytes)
                    return new IOException("The server says more than an answer has.");
                if (!part.EndOfMessage)
                    continue;
                await _take(this, message.Written).ConfigureAwait(false);
                message.Clear();
            }
        }
        catch (Exception exception)
        {
            // Why the platform gave it up, for instance for want of a pong, stands innermost.
            return new IOException($"The connection broke: {exception.GetBaseException().Message}", exception);
        }
    }
}
