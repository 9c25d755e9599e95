using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text;
using AuditHost.PluginKit.Text;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.WebSocket;

/// <summary>Sends a batch as messages over one connection, and waits until the server has acknowledged them.</summary>
internal sealed class WebSocketConnector : IConnector
{
    private readonly WebSocketSettings _settings;
    private readonly AnsweredBatch _answers = new();
    private readonly PooledBuffer _id = new(256);
    private readonly MessageWriter _writer = new();
    private readonly EventIds _ids;
    private readonly AnswerReader _reader;
    private readonly MessageTransport _transport;
    private readonly MessageDelivery _delivery;

    private WebSocketConnector(
        WebSocketSettings settings, StreamEndpoints endpoints, WebSocketOptions options, AnswerFields fields, string? idPath, PluginContext context)
    {
        _settings = settings;
        _ids = new EventIds(idPath, settings.Envelope);
        _reader = new AnswerReader(fields, _answers, context);
        _transport = new MessageTransport(endpoints, options, context, Take);
        _delivery = new MessageDelivery(_transport, _answers, static closed => DeliveryResult.Failed(CloseCode.Classify(closed.Code), closed.Message));
    }

    private bool IsBatch => _settings.Message == MessageUnit.Batch;

    private bool IsText => _settings.MessageType == MessageType.Text;

    private bool IsAcknowledged => _settings.Acknowledgement != Acknowledgement.None;

    /// <exception cref="SettingsException">A setting cannot work.</exception>
    public static WebSocketConnector Create(WebSocketSettings settings, PluginContext context)
    {
        StreamEndpoints endpoints = StreamEndpoints.ParseWebSockets("endpoint", settings.Endpoint, context.Time);
        WebSocketOptions options = WebSocketRules.OptionsOf(settings);
        string? idPath = WebSocketRules.IdPathOf(settings);
        AnswerFields fields = AnswerFields.Create(settings, idPath);
        if (settings.Acknowledgement == Acknowledgement.None)
        {
            context.Log(
                EventLevel.Warning,
                "acknowledgement: none counts an event as delivered once it is written to the connection. What the server had not read when the connection breaks is lost.");
        }

        return new WebSocketConnector(settings, endpoints, options, fields, idPath, context);
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken) => await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken) => _delivery.RunAsync(
        async (socket, deadline) =>
        {
            if (IsBatch)
                await SendWholeAsync(batch, socket, deadline).ConfigureAwait(false);
            else
                await SendEachAsync(batch, socket, deadline).ConfigureAwait(false);
            if (IsAcknowledged)
                await _answers.WaitAsync(socket, deadline).ConfigureAwait(false);
            else if (socket.Ended.IsCompleted)
                throw await socket.Ended.ConfigureAwait(false);
        },
        rest => _settings.Acknowledgement switch
        {
            Acknowledgement.PerEvent => _answers.Conclude(batch.Count, rest),
            Acknowledgement.PerBatch => _answers.ConcludeWhole(rest),
            _ => rest ?? DeliveryResult.Delivered,
        },
        cancellationToken);

    /// <summary>A connection that is open has its pings for a probe.</summary>
    public ValueTask ProbeAsync(CancellationToken cancellationToken) => _transport.IsOpen ? default : _transport.ProbeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _answers.Dispose();
        _reader.Dispose();
        _writer.Dispose();
        _id.Dispose();
    }

    /// <summary>Names a batch by its first and last event: a batch that was cut in two is another message than the whole.</summary>
    private static string IdOf(EventBatch batch) => batch.Count == 1
        ? batch[0].Key
        : string.Create(CultureInfo.InvariantCulture, $"{batch[0].Key}..{batch[batch.Count - 1].Event.Sequence}");

    private ValueTask Take(MessageSocket socket, ReadOnlyMemory<byte> message)
    {
        // Where nothing waits for an answer, the server may say what it likes.
        if (IsAcknowledged)
            _reader.Take(message.Span);
        return default;
    }

    private async ValueTask SendEachAsync(EventBatch batch, MessageSocket socket, CancellationToken cancellationToken)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            bool hasId = _ids.TryWrite(in batch[index], _id);
            if (IsAcknowledged)
            {
                if (!hasId)
                {
                    _answers.Settle(DeliveryResult.Failed(FailureKind.Rejected, _ids.Lack));
                    continue;
                }

                await ExpectAsync(socket, cancellationToken).ConfigureAwait(false);
            }

            ReadOnlyMemory<byte> message = _settings.Envelope ? _writer.WriteEvent(in batch[index], _id.Written.Span, batch.ContentType) : batch[index].Payload;
            await socket.SendAsync(message, IsText, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ExpectAsync(MessageSocket socket, CancellationToken cancellationToken)
    {
        await _answers.MakeRoomAsync(_settings.MaxUnacknowledged, socket, cancellationToken).ConfigureAwait(false);

        // Of two events of one id that wait together nobody could say which one an answer means.
        if (_ids.CanRepeat && _answers.Expects(_id.Written.Span))
            await _answers.WaitAsync(socket, cancellationToken).ConfigureAwait(false);
        _answers.Expect(_id.Written.Span);
    }

    private ValueTask SendWholeAsync(EventBatch batch, MessageSocket socket, CancellationToken cancellationToken)
    {
        if (!_settings.Envelope)
            return socket.SendAsync(batch.Body, IsText, cancellationToken);
        byte[] id = Encoding.UTF8.GetBytes(IdOf(batch));
        if (_settings.Acknowledgement == Acknowledgement.PerBatch)
            _answers.Expect(id);
        return socket.SendAsync(_writer.WriteBatch(batch, id, index => IdOf(batch, index)), IsText, cancellationToken);
    }

    /// <summary>The id of an event in a message that holds a batch.</summary>
    private PooledBuffer IdOf(EventBatch batch, int index)
    {
        _ids.TryWrite(in batch[index], _id);
        if (_settings.Acknowledgement == Acknowledgement.PerEvent)
            _answers.Expect(_id.Written.Span);
        return _id;
    }
}
