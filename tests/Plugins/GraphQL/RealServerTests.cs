using System.Text.Json.Nodes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.GraphQL;

/// <summary>What servers that others wrote understand and answer: the packages <c>graphql-http</c> and <c>graphql-ws</c> of npm.</summary>
public sealed class RealServerTests : IDisposable
{
    private const string Script = "GraphQL/graphql-server.js";
    private const string Typed = "mutation M($event: AuditEventInput!) { ingestTyped(event: $event) { id } }";
    private const FailureKind Delivered = 0;

    private readonly TestPluginContext _context = new(credential: "s3cret");

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("http", false)]
    [InlineData("http", true)]
    [InlineData("websocket", false)]
    [InlineData("websocket", true)]
    public async Task Delivered_events_have_arrived(string transport, bool batch)
    {
        string[] events =
        [
            .. Enumerable.Range(1, 100).Select(GraphQLTest.Event),
            """{"event_id":"e-101","text":"grüße \"quoted\" € 漢字 🚀\n","numbers":[0,-1,1.5,4294967296,true,null],"deep":{"a":{"b":[{},[]]}}}""",
        ];
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"authorization":"Bearer s3cret","token":"t0ken"}""", Cancelled);
        await using IConnector connector = Connect(server, transport, $""","batch":{(batch ? "true" : "false")}""");

        await connector.ProbeAsync(Cancelled);
        DeliveryResult result = await connector.SendAsync(GraphQLTest.Of("application/json", events), Cancelled);
        IReadOnlyList<JsonNode> received = await server.ReceiveAsync(events.Length, Cancelled);

        Assert.Equal(events.Length, result.AcknowledgementIds!.Count);
        for (int index = 0; index < events.Length; index++)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(events[index]), received[index]["event"]), events[index]);
            Assert.Equal($"stored-{(string)received[index]["event"]!["event_id"]!}", result.AcknowledgementIds[index]);
        }
    }

    [Theory]
    [InlineData("http", "BAD_USER_INPUT", FailureKind.Rejected)]
    [InlineData("http", "INTERNAL_SERVER_ERROR", FailureKind.Transient)]
    [InlineData("http", "none", FailureKind.Transient)]
    [InlineData("http", "null", FailureKind.Transient)]
    [InlineData("websocket", "BAD_USER_INPUT", FailureKind.Rejected)]
    [InlineData("websocket", "INTERNAL_SERVER_ERROR", FailureKind.Transient)]
    [InlineData("websocket", "none", FailureKind.Transient)]
    [InlineData("websocket", "null", FailureKind.Transient)]
    public async Task Failure_of_one_event_of_a_batch_is_its_own(string transport, string fault, FailureKind kind)
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"token":"t0ken"}""", Cancelled);
        await using IConnector connector = Connect(server, transport, ""","batch":true""");

        DeliveryResult result = await connector.SendAsync(
            GraphQLTest.Of("application/json", GraphQLTest.Event(1), $$"""{"event_id":"e-2","fault":"{{fault}}"}""", GraphQLTest.Event(3)), Cancelled);

        Assert.Equal([Delivered, kind, Delivered], GraphQLTest.KindsOf(result, 3));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("websocket")]
    public async Task Event_that_does_not_fit_the_input_type_is_rejected(string transport)
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"token":"t0ken"}""", Cancelled);
        await using IConnector connector = Connect(server, transport, $""","query":"{Typed}" """);

        DeliveryResult result = await connector.SendAsync(
            GraphQLTest.Of("application/json", """{"event_id":"e-1","unknown":1}""", """{"severity":"High"}""", """{"event_id":"e-3","severity":"High"}"""), Cancelled);

        Assert.Equal([FailureKind.Rejected, FailureKind.Rejected, Delivered], GraphQLTest.KindsOf(result, 3));
    }

    [Theory]
    [InlineData("http", "mutation M($event: JSON!) { noSuchField(event: $event) { id } }")]
    [InlineData("http", "mutation M($event: JSON!) { ingestAuditEvent(event: $event) { id }")]
    [InlineData("http", "mutation M($event: JSON!) { ingestTyped(event: $event) { id } }")]
    [InlineData("websocket", "mutation M($event: JSON!) { noSuchField(event: $event) { id } }")]
    [InlineData("websocket", "mutation M($event: JSON!) { ingestTyped(event: $event) { id } }")]
    public async Task Mutation_that_the_schema_does_not_have_is_misconfigured(string transport, string query)
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"token":"t0ken"}""", Cancelled);
        await using IConnector connector = Connect(server, transport, $""","query":"{query}" """);

        Assert.Equal([FailureKind.Misconfigured, FailureKind.Misconfigured], GraphQLTest.KindsOf(await connector.SendAsync(GraphQLTest.Batch(2), Cancelled), 2));
    }

    [Theory]
    [InlineData("http", """{"authorization":"Bearer another"}""")]
    [InlineData("websocket", """{"token":"another"}""")]
    public async Task Sender_that_it_refuses_is_misconfigured(string transport, string settings)
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, settings, Cancelled);
        await using IConnector connector = Connect(server, transport);

        Assert.Equal(FailureKind.Misconfigured, (await connector.SendAsync(GraphQLTest.Batch(2), Cancelled)).Kind);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("http", true)]
    [InlineData("websocket", false)]
    [InlineData("websocket", true)]
    public async Task Nothing_is_lost_when_it_is_killed_under_load_and_comes_back(string transport, bool batch)
    {
        const int Batches = 30, Size = 50;
        NodeServer server = await NodeServer.StartAsync(Script, """{"token":"t0ken"}""", Cancelled);
        int port = server.Port;
        var arrived = new HashSet<string>();
        await using IConnector connector = Connect(server, transport, $""","batch":{(batch ? "true" : "false")}""");
        Task sending = Task.Run(() => SendAllAsync(connector, Batches, Size), Cancelled);
        for (int kill = 0; kill < 2; kill++)
        {
            Keep(await server.ReceiveAsync(Size + (Size / 2), Cancelled));
            Keep(await server.KillAsync());
            await server.DisposeAsync();
            server = await NodeServer.StartAsync(Script, $$"""{"token":"t0ken","port":{{port}}}""", Cancelled);
        }

        await sending;

        // What is answered was told before; so all there is to come has come.
        Keep(await server.KillAsync());
        await server.DisposeAsync();

        Assert.Equal(Enumerable.Range(1, Batches * Size).Select(number => $"e-{number}").Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));

        void Keep(IReadOnlyList<JsonNode> told) => arrived.UnionWith(told.Select(one => (string)one["event"]!["event_id"]!));
    }

    /// <summary>Sends as the host does: what is not delivered comes again, and only that.</summary>
    private static async Task SendAllAsync(IConnector connector, int batches, int size)
    {
        for (int batch = 0; batch < batches; batch++)
        {
            string[] events = [.. Enumerable.Range((batch * size) + 1, size).Select(GraphQLTest.Event)];
            while (events.Length > 0)
            {
                try
                {
                    DeliveryResult result = await connector.SendAsync(GraphQLTest.Of("application/json", events), Cancelled);
                    events = result.IsDelivered ? [] : result.Failures is { } failures ? [.. failures.Select(failure => events[failure.Index])] : events;
                }
                catch (Exception exception) when (exception is IOException or HttpRequestException)
                {
                    // The server is away; the next attempt finds it or not.
                }
            }
        }
    }

    private IConnector Connect(NodeServer server, string transport, string further = "") => GraphQLTest.Create(
        _context,
        $"{(transport == "http" ? "http" : "ws")}://127.0.0.1:{server.Port}/graphql",
        $$$""","transport":"{{{transport}}}"{{{(transport == "http" ? string.Empty : ",\"connection_init\":{\"token\":\"t0ken\"}")}}}{{{further}}}""");
}
