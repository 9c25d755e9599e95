using System.Text.Json.Nodes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>What a server that others wrote understands and does: the package <c>ws</c> of npm.</summary>
public sealed class WsServerTests : IDisposable
{
    private const string Script = "WebSockets/ws-server.js";

    private readonly TestPluginContext _context = new(credential: "s3cret");

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData(""","message_type":"binary","subprotocol":"audit.v1" """, true)]
    public async Task Acknowledged_events_have_arrived(string settings, bool isBinary)
    {
        string[] events =
        [
            .. Enumerable.Range(1, 300).Select(number => WebSocketTest.Event(number)),
            """{"event_id":"e-301","text":"grüße \"quoted\" € 漢字 🚀\n","numbers":[0,-1,1.5,4294967296,true,null],"deep":{"a":{"b":[{},[]]}}}""",
            WebSocketTest.Event(302, new string('p', 70_000)),
        ];
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"subprotocol":"audit.v1","authorization":"Bearer s3cret"}""", Cancelled);
        await using IConnector connector = Connect(server, settings);

        Task<IReadOnlyList<JsonNode>> receiving = server.ReceiveAsync(events.Length, Cancelled);
        DeliveryResult result = await connector.SendAsync(WebSocketTest.Of("application/json", events), Cancelled);
        IReadOnlyList<JsonNode> received = await receiving;

        Assert.True(result.IsDelivered);
        for (int index = 0; index < events.Length; index++)
        {
            Assert.Equal(($"log-{index + 1}", isBinary), ((string)received[index]["message"]!["id"]!, (bool)received[index]["isBinary"]!));
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(events[index]), received[index]["message"]!["event"]), events[index]);
        }
    }

    [Theory]
    [InlineData(1000, FailureKind.Transient)]
    [InlineData(1001, FailureKind.Transient)]
    [InlineData(1002, FailureKind.Misconfigured)]
    [InlineData(1003, FailureKind.Misconfigured)]
    [InlineData(1007, FailureKind.Misconfigured)]
    [InlineData(1008, FailureKind.Misconfigured)]
    [InlineData(1009, FailureKind.TooLarge)]
    [InlineData(1011, FailureKind.Transient)]
    [InlineData(1012, FailureKind.Transient)]
    [InlineData(1013, FailureKind.Transient)]
    [InlineData(4401, FailureKind.Misconfigured)]
    public async Task Its_close_codes_are_understood(int code, FailureKind kind)
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, $$"""{"close":{{code}}}""", Cancelled);
        await using IConnector connector = Connect(server);

        Assert.Equal(kind, (await connector.SendAsync(WebSocketTest.Batch(3), Cancelled)).Kind);
    }

    [Fact]
    public async Task Connection_that_it_cuts_is_a_failure()
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"terminates":true}""", Cancelled);
        await using IConnector connector = Connect(server);

        await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(3), Cancelled));
    }

    [Fact]
    public async Task Message_above_its_limit_is_too_large()
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"maxPayload":1000}""", Cancelled);
        await using IConnector connector = Connect(server);

        Assert.Equal(
            FailureKind.TooLarge, (await connector.SendAsync(WebSocketTest.Of("application/json", WebSocketTest.Event(1, new string('x', 900_000))), Cancelled)).Kind);
    }

    [Fact]
    public async Task Its_refusal_of_the_upgrade_is_misconfigured()
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"authorization":"Bearer another"}""", Cancelled);
        await using IConnector connector = Connect(server);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(1), Cancelled);

        Assert.Equal((FailureKind.Misconfigured, 401), (result.Kind, result.Status));
    }

    [Fact]
    public async Task Server_that_never_answers_pings_is_left()
    {
        await using NodeServer server = await NodeServer.StartAsync(Script, """{"autoPong":false,"isSilent":true}""", Cancelled);
        await using IConnector connector = Connect(server, ""","ping_interval_seconds":0.1,"ping_timeout_seconds":0.1""");

        IOException broken = await Assert.ThrowsAsync<IOException>(async () => await connector.SendAsync(WebSocketTest.Batch(1), Cancelled));

        Assert.Contains("Pong", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_lost_when_it_is_killed_under_load_and_comes_back()
    {
        const int Batches = 40, Size = 100;
        NodeServer server = await NodeServer.StartAsync(Script, "{}", Cancelled);
        int port = server.Port;
        var arrived = new HashSet<string>();
        await using IConnector connector = Connect(server);
        Task sending = Task.Run(() => SendAllAsync(connector, Batches, Size), Cancelled);
        for (int kill = 0; kill < 3; kill++)
        {
            // In the middle of a batch, wherever the sending then stands.
            Keep(await server.ReceiveAsync(Size + (Size / 2), Cancelled));
            Keep(await server.KillAsync());
            await server.DisposeAsync();
            server = await NodeServer.StartAsync(Script, $$"""{"port":{{port}}}""", Cancelled);
        }

        await sending;

        // What is acknowledged was told before; so all there is to come has come.
        Keep(await server.KillAsync());
        await server.DisposeAsync();

        Assert.Equal(Enumerable.Range(1, Batches * Size).Select(number => $"e-{number}").Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));

        void Keep(IReadOnlyList<JsonNode> told) => arrived.UnionWith(told.Select(one => (string)one["message"]!["event"]!["event_id"]!));
    }

    /// <summary>Sends as the host does: what is not delivered comes again, and only that.</summary>
    private static async Task SendAllAsync(IConnector connector, int batches, int size)
    {
        for (int batch = 0; batch < batches; batch++)
        {
            string[] events = [.. Enumerable.Range((batch * size) + 1, size).Select(number => WebSocketTest.Event(number))];
            while (events.Length > 0)
            {
                try
                {
                    DeliveryResult result = await connector.SendAsync(WebSocketTest.Of("application/json", events), Cancelled);
                    events = result.IsDelivered ? [] : result.Failures is { } failures ? [.. failures.Select(failure => events[failure.Index])] : events;
                }
                catch (Exception exception) when (exception is IOException or HttpRequestException)
                {
                    // The server is away; the next attempt finds it or not.
                }
            }
        }
    }

    private IConnector Connect(NodeServer server, string settings = "") => WebSocketTest.Create(_context, $"\"ws://127.0.0.1:{server.Port}/\"", settings);
}
