using System.Text;
using System.Text.Json;
using AuditHost.Fakes.WebSockets;

namespace AuditHost.Fakes.GraphQL;

/// <summary>
/// A server's side of <c>graphql-transport-ws</c> on one connection, which holds a client to the protocol: <c>connection_init</c> first and once,
/// ids that are not in use, messages of the protocol alone. What breaks a rule closes with the protocol's own code.
/// </summary>
/// <param name="run">Runs the parameters of an operation; what it returns is sent, and nothing else if it returns <see langword="null"/>.</param>
public sealed class GraphQLSocketSession(Func<GraphQLOperationRequest, GraphQLSocketAnswer?> run) : WebSocketSession
{
    private bool _isWelcome;

    /// <summary>What <c>connection_init</c> has to carry; <see langword="null"/> for anything. Else the connection closes with 4403.</summary>
    public string? InitPayload { get; init; }

    /// <summary>The rule of the protocol that the client broke.</summary>
    public string? Broken { get; private set; }

    protected override byte[] Welcome(UpgradeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Accept(request.Subprotocols.Contains("graphql-transport-ws") ? "graphql-transport-ws" : null);
    }

    protected override void TakeMessage(ReadOnlySpan<byte> message, bool isText)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(message, new JsonDocumentOptions { MaxDepth = 2000 });
        }
        catch (JsonException)
        {
            Break(4400, "Invalid message received");
            return;
        }

        switch (isText && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out JsonElement type) ? type.ToString() : string.Empty)
        {
            case "connection_init" when _isWelcome:
                Break(4429, "Too many initialisation requests");
                break;
            case "connection_init":
                Greet(root);
                break;
            case "ping":
                Say("""{"type":"pong"}""");
                break;
            case "pong":
                break;
            case "subscribe" when !_isWelcome:
                Break(4401, "Unauthorized");
                break;
            case "subscribe" when root.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String && root.TryGetProperty("payload", out JsonElement payload):
                Subscribe(id.GetString()!, payload);
                break;
            case "complete":
                break;
            default:
                Break(4400, "Invalid message received");
                break;
        }
    }

    private void Greet(JsonElement root)
    {
        string payload = root.TryGetProperty("payload", out JsonElement given) ? given.GetRawText() : string.Empty;
        if (InitPayload is not null && payload != InitPayload)
        {
            Close(4403, "Forbidden");
            return;
        }

        _isWelcome = true;

        // A server may ask at any time whether the client is there.
        Say("""{"type":"connection_ack"}""");
        Say("""{"type":"ping"}""");
    }

    private void Subscribe(string id, JsonElement payload)
    {
        try
        {
            if (run(new GraphQLOperationRequest(id, payload)) is not { } answer)
                return;
            foreach (string message in answer.Messages)
                Say(message);
            if (answer.Close is { } code)
                Close(code);
        }
        catch (FormatException exception)
        {
            Break(4400, exception.Message);
        }
    }

    private void Say(string message) => ServerFrames.WriteText(Output, Encoding.UTF8.GetBytes(message));

    private void Break(int code, string rule)
    {
        Broken = rule;
        Close(code, rule);
    }
}
