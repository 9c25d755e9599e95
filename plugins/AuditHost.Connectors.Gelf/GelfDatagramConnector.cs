using System.Net.Sockets;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Gelf;

/// <summary>Sends messages as datagrams, in chunks where one does not hold them. Nobody tells whether they arrived.</summary>
internal sealed class GelfDatagramConnector(GelfOptions options, PluginContext context) : IConnector
{
    private readonly byte[] _chunk = new byte[options.ChunkBytes];
    private readonly MessageCompressor? _compressor = options.Compression == GelfCompression.None ? null : new MessageCompressor(options.Compression);
    private Stream? _socket;

    public async ValueTask StartAsync(CancellationToken cancellationToken) =>
        _socket ??= await context.ConnectAsync(options.Endpoint, cancellationToken).ConfigureAwait(false);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        List<EventFailure>? failures = null;
        for (int index = 0; index < batch.Count; index++)
        {
            try
            {
                if (await SendAsync(batch, index, cancellationToken).ConfigureAwait(false) is { } failure)
                    (failures ??= []).Add(failure);
            }
            catch (Exception exception) when (index > 0 && exception is IOException or SocketException)
            {
                await CloseAsync().ConfigureAwait(false);
                failures ??= [];
                for (int left = index; left < batch.Count; left++)
                    failures.Add(new EventFailure(left, FailureKind.Transient, exception.Message));
                break;
            }
            catch
            {
                await CloseAsync().ConfigureAwait(false);
                throw;
            }
        }

        return failures is null ? DeliveryResult.Delivered : DeliveryResult.Partial(failures);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        Stream socket = await context.ConnectAsync(options.Endpoint, cancellationToken).ConfigureAwait(false);
        await socket.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _compressor?.Dispose();
        return CloseAsync();
    }

    private static bool IsTooLong(Exception exception) =>
        (exception as SocketException ?? exception.InnerException as SocketException)?.SocketErrorCode == SocketError.MessageSize;

    private async ValueTask<EventFailure?> SendAsync(EventBatch batch, int index, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> message = batch[index].Payload;
        if (message.IsEmpty)
            return new EventFailure(index, FailureKind.Rejected, "The message is empty.");
        if (message.Length > options.MaxMessageBytes)
            return new EventFailure(index, FailureKind.TooLarge, $"The message has {message.Length} bytes, the limit (max_message_bytes) is {options.MaxMessageBytes}.");
        if (message.Length > options.ChunkBytes && _compressor is not null)
            message = _compressor.Compress(message);
        int count = message.Length <= options.ChunkBytes ? 1 : GelfChunks.Count(message.Length, options.ChunkBytes);
        if (count > GelfChunks.MaxCount)
            return new EventFailure(index, FailureKind.TooLarge, $"The message takes {count} chunks, and Graylog takes at most {GelfChunks.MaxCount}; raise chunk_bytes, or use tls or https.");
        _socket ??= await context.ConnectAsync(options.Endpoint, cancellationToken).ConfigureAwait(false);
        try
        {
            if (count == 1)
                await _socket.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            else
                await SendChunksAsync(_socket, message, GelfChunks.IdOf(batch[index].Key), count, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (IsTooLong(exception))
        {
            return new EventFailure(index, FailureKind.TooLarge, $"The network takes no datagram of {options.ChunkBytes} bytes; lower chunk_bytes.");
        }
    }

    private async ValueTask SendChunksAsync(Stream socket, ReadOnlyMemory<byte> message, ulong id, int count, CancellationToken cancellationToken)
    {
        for (int number = 0; number < count; number++)
        {
            int length = GelfChunks.Write(message.Span, id, number, _chunk);
            await socket.WriteAsync(_chunk.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_socket is not { } socket)
            return;
        _socket = null;
        await socket.DisposeAsync().ConfigureAwait(false);
    }
}
