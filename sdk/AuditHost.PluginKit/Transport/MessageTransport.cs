using AuditHost.Sdk;

namespace AuditHost.PluginKit.Transport;

/// <summary>Keeps one WebSocket connection to the first server that works. One send at a time.</summary>
/// <param name="endpoints">The servers.</param>
/// <param name="options">How a connection is opened.</param>
/// <param name="context">Connects.</param>
/// <param name="take">Takes each message of a server.</param>
/// <param name="greet">What both sides say before the first message; <see langword="null"/> for nothing.</param>
public sealed class MessageTransport(
    StreamEndpoints endpoints,
    WebSocketOptions options,
    PluginContext context,
    Func<MessageSocket, ReadOnlyMemory<byte>, ValueTask> take,
    Func<MessageSocket, CancellationToken, ValueTask>? greet = null) : IAsyncDisposable
{
    private MessageSocket? _socket;

    /// <summary>Whether there is a connection, as far as anybody knows.</summary>
    public bool IsOpen => _socket is { Ended.IsCompleted: false };

    /// <summary>The connection in use, or a new one where there is none or its server is gone.</summary>
    /// <exception cref="IOException">No server can be used, a <see cref="RefusedConnectionException"/> where the last one said so.</exception>
    /// <exception cref="HttpRequestException">No server can be reached.</exception>
    public async ValueTask<MessageSocket> OpenAsync(CancellationToken cancellationToken)
    {
        if (_socket is { Ended.IsCompleted: false })
            return _socket;
        await CloseAsync().ConfigureAwait(false);
        return _socket = await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers that the server in use took what was sent.</summary>
    public void Worked()
    {
        if (_socket is not null)
            endpoints.Worked(_socket.Endpoint);
    }

    /// <summary>Ends the connection after a failure; the next one goes to another server where there is one.</summary>
    /// <returns>
    /// Why the server closed it, where it did: a broken write is often only how that shows. <see langword="null"/> where it said nothing.
    /// </returns>
    public async ValueTask<ClosedSocketException?> FailAsync()
    {
        if (_socket is not { } socket)
            return null;
        _socket = null;
        endpoints.Failed(socket.Endpoint);
        await socket.AbortAsync().ConfigureAwait(false);
        return await socket.Ended.ConfigureAwait(false) as ClosedSocketException;
    }

    /// <summary>Connects, greets and leaves again; a send may run meanwhile.</summary>
    /// <exception cref="IOException">No server can be used.</exception>
    /// <exception cref="HttpRequestException">No server can be reached.</exception>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        MessageSocket socket = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await socket.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        if (_socket is not { } socket)
            return;
        _socket = null;
        await socket.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask<MessageSocket> ConnectAsync(CancellationToken cancellationToken) => endpoints.OpenAsync(async endpoint =>
    {
        var socket = new MessageSocket(
            endpoint, await WebSocketUpgrade.OpenAsync(endpoint, options, context, cancellationToken).ConfigureAwait(false), options.MaxMessageBytes, context.Time, take);
        try
        {
            if (greet is not null)
                await greet(socket, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            await socket.AbortAsync().ConfigureAwait(false);
            throw;
        }
    });
}
