using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.Fluentd;

/// <summary>Sends a batch as a message for each tag, and waits until all are acknowledged.</summary>
internal sealed class FluentdConnector : IConnector
{
    private readonly AnsweredTransport _transport;
    private readonly ForwardBatch _batch;
    private readonly bool _requireAck;

    public FluentdConnector(StreamEndpoints endpoints, Handshake? handshake, ForwardBatch batch, bool requireAck, PluginContext context)
    {
        _transport = new AnsweredTransport(endpoints, context, handshake is null ? null : handshake.GreetAsync);
        _batch = batch;
        _requireAck = requireAck;
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken) => await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _batch.Fill(batch);
        try
        {
            for (int next = 0; next < _batch.Chunks.Count;)
                next = await SendFromAsync(next, cancellationToken).ConfigureAwait(false);
            _transport.Worked();
            return _batch.Conclude(string.Empty);
        }
        catch (RefusedGreetingException exception) when (!_batch.IsDeliveredInPart)
        {
            await _transport.FailAsync().ConfigureAwait(false);
            return DeliveryResult.Failed(FailureKind.Misconfigured, exception.Message).WithResponse(null, exception.Response);
        }
        catch (Exception exception) when (_batch.IsDeliveredInPart && exception is IOException or OperationCanceledException)
        {
            // What is acknowledged must not go out again, which an exception would have it do.
            await _transport.FailAsync().ConfigureAwait(false);
            return _batch.Conclude(exception is IOException ? exception.Message : "Not acknowledged before the deadline of the batch");
        }
        catch
        {
            // Half a message may have gone out, and an acknowledgement that comes late belongs to nothing any more.
            await _transport.FailAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _transport.ProbeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _batch.Dispose();
    }

    /// <summary>Sends what may go over one connection.</summary>
    /// <returns>The first message that is still to be sent.</returns>
    private async ValueTask<int> SendFromAsync(int first, CancellationToken cancellationToken)
    {
        AnsweredStream stream = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
        int afterLast = stream.IsForOneMessage ? first + 1 : _batch.Chunks.Count;
        RefuseGreeting(stream);
        await stream.WriteAsync(_batch.BytesOf(first, afterLast), cancellationToken).ConfigureAwait(false);
        if (_requireAck)
            await WaitAsync(stream, first, afterLast, cancellationToken).ConfigureAwait(false);
        else
            CountAsDelivered(stream, first, afterLast);
        if (stream.IsForOneMessage)
            await _transport.CloseAsync().ConfigureAwait(false);
        return afterLast;
    }

    private async ValueTask WaitAsync(AnsweredStream stream, int first, int afterLast, CancellationToken cancellationToken)
    {
        for (int missing = afterLast - first; missing > 0; missing--)
        {
            ServerMessage message = await ServerMessage.TakeAsync(stream, cancellationToken).ConfigureAwait(false);
            Refuse(message);
            Acknowledge((message as AckMessage)?.ChunkId, first, afterLast);
        }
    }

    private void Acknowledge(string? id, int first, int afterLast)
    {
        for (int index = first; index < afterLast; index++)
        {
            ForwardChunk chunk = _batch.Chunks[index];
            if (chunk.Id != id || chunk.IsDelivered)
                continue;
            chunk.IsDelivered = true;
            return;
        }

        throw new IOException("The receiver acknowledges something that was not sent.");
    }

    private void CountAsDelivered(AnsweredStream stream, int first, int afterLast)
    {
        while (stream.TryReceive())
        {
            // A greeting that came meanwhile must be seen.
        }

        RefuseGreeting(stream);
        if (stream.IsGone)
            throw new IOException("The receiver closed the connection.");
        for (int index = first; index < afterLast; index++)
            _batch.Chunks[index].IsDelivered = true;
    }

    /// <summary>Looks at what was said though nothing was asked.</summary>
    private static void RefuseGreeting(AnsweredStream stream)
    {
        if (!ServerMessage.TryTake(stream, out ServerMessage? message))
            return;
        Refuse(message!);
        throw new IOException("The receiver acknowledges something that was not sent.");
    }

    private static void Refuse(ServerMessage message)
    {
        if (message is HeloMessage)
            throw new RefusedGreetingException("The input asks for a shared key. Add shared_key.");
    }
}
