using System.Globalization;
using System.Text;
using System.Text.Json;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;

namespace AuditHost.Connectors.GraphQL;

/// <summary>
/// One connection of <c>graphql-transport-ws</c>: <c>connection_init</c> once, then <c>subscribe</c> with an id for each mutation, whose result
/// comes as <c>next</c> or <c>error</c>, in any order. One batch at a time.
/// </summary>
internal sealed class GraphQLChannel : IAsyncDisposable
{
    public const string Subprotocol = "graphql-transport-ws";

    private static readonly byte[] Pong = Encoding.UTF8.GetBytes("""{"type":"pong"}""");

    private readonly GraphQLOperation _operation;
    private readonly GraphQLAnswer _reader;
    private readonly ReadOnlyMemory<byte> _init;
    private readonly int _window;
    private readonly AnsweredBatch _answers = new();
    private readonly PooledBuffer _message = new(16 << 10);
    private readonly byte[] _id = new byte[20];
    private readonly MessageTransport _transport;
    private readonly MessageDelivery _delivery;
    private TaskCompletionSource _welcome = new();
    private long _number;
    private int _events;

    public GraphQLChannel(
        StreamEndpoints endpoints, WebSocketOptions options, GraphQLOperation operation, GraphQLAnswer reader, ReadOnlyMemory<byte> init, int window, PluginContext context)
    {
        _operation = operation;
        _reader = reader;
        _init = init;
        _window = window;
        _transport = new MessageTransport(endpoints, options, context, TakeAsync, GreetAsync);
        _delivery = new MessageDelivery(_transport, _answers, GraphQLCloseCode.MeaningOf);
    }

    public async ValueTask OpenAsync(CancellationToken cancellationToken) => await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<DeliveryResult> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        _events = _operation.IsBatch ? batch.Count : 1;
        return _delivery.RunAsync(
            async (socket, deadline) =>
            {
                int mutations = _operation.IsBatch ? 1 : batch.Count;
                for (int index = 0; index < mutations; index++)
                {
                    await _answers.MakeRoomAsync(_window, socket, deadline).ConfigureAwait(false);
                    await socket.SendAsync(Write(batch, index), isText: true, deadline).ConfigureAwait(false);
                }

                await _answers.WaitAsync(socket, deadline).ConfigureAwait(false);
            },
            rest => _operation.IsBatch ? _answers.ConcludeWhole(rest) : _answers.Conclude(batch.Count, rest),
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _answers.Dispose();
        _message.Dispose();
    }

    private ReadOnlyMemory<byte> Write(EventBatch batch, int index)
    {
        // Of this connection, so that a late word about one that was given up means nothing to those after it.
        (++_number).TryFormat(_id, out int digits, default, CultureInfo.InvariantCulture);
        _answers.Expect(_id.AsSpan(0, digits));
        _message.Clear();
        var json = new JsonWriter(_message);
        json.BeginObject();
        json.Name("id"u8);
        json.String(_id.AsSpan(0, digits));
        json.Name("type"u8);
        json.String("subscribe"u8);
        json.Name("payload"u8);
        _operation.Write(ref json, batch, index);
        json.EndObject();
        json.Flush();
        return _message.Written;
    }

    private async ValueTask GreetAsync(MessageSocket socket, CancellationToken cancellationToken)
    {
        _number = 0;
        _welcome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await socket.SendAsync(_init, isText: true, cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(_welcome.Task, socket.Ended).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_welcome.Task.IsCompleted)
            return;
        IOException ended = await socket.Ended.ConfigureAwait(false);
        throw ended is ClosedSocketException closed ? new RefusedConnectionException(GraphQLCloseCode.MeaningOf(closed)) : ended;
    }

    /// <summary>Takes a message of the server; what is none of the protocol's ends the connection.</summary>
    private async ValueTask TakeAsync(MessageSocket socket, ReadOnlyMemory<byte> message)
    {
        using JsonDocument document = JsonDocument.Parse(message);
        JsonElement root = document.RootElement;
        switch (TextOf(root, "type"))
        {
            case "connection_ack":
                _welcome.TrySetResult();
                break;
            case "ping":
                await socket.SendAsync(Pong, isText: true, CancellationToken.None).ConfigureAwait(false);
                break;
            case "pong":
                break;
            case "next" when root.TryGetProperty("payload", out JsonElement result) && GraphQLAnswer.Is(result):
                Answer(root, _reader.Read(result, _events), message);
                break;
            case "error" when root.TryGetProperty("payload", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0:
                Answer(root, _reader.ReadErrors(errors, _events), message);
                break;
            case "complete":
                Answer(root, DeliveryResult.Failed(FailureKind.Transient, "The mutation ended without a result"), message);
                break;
            default:
                throw new InvalidDataException("The server says something that is no message of graphql-transport-ws");
        }
    }

    private void Answer(JsonElement root, DeliveryResult result, ReadOnlyMemory<byte> message)
    {
        if (TextOf(root, "id") is not { } id)
            throw new InvalidDataException("The server answers without an id");
        string? text = result.IsDelivered ? null : ResponseText.Clean(message.Span[..Math.Min(message.Length, DeliveryResult.MaxResponseBytes)]);
        _answers.Answer(Encoding.UTF8.GetBytes(id), result.WithResponse(null, text));
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
