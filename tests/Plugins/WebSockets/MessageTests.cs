using System.Text;
using AuditHost.Connectors.WebSocket;
using AuditHost.Fakes.WebSockets;
using AuditHost.PluginKit.Http;
using AuditHost.PluginKit.Text;
using AuditHost.PluginKit.Transport;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.WebSockets;

/// <summary>What goes over the wire.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("", """{"id":"log-1","event":EVENT1}""", """{"id":"log-2","event":EVENT2}""")]
    [InlineData(""","id_path":"event_id" """, """{"id":"e-1","event":EVENT1}""", """{"id":"e-2","event":EVENT2}""")]
    [InlineData(""","id_path":"no.such" """, """{"id":"log-1","event":EVENT1}""", """{"id":"log-2","event":EVENT2}""")]
    [InlineData(""","envelope":false""", "EVENT1", "EVENT2")]
    [InlineData(""","envelope":false,"acknowledgement":"none" """, "EVENT1", "EVENT2")]
    [InlineData(""","acknowledgement":"none" """, """{"id":"log-1","event":EVENT1}""", """{"id":"log-2","event":EVENT2}""")]
    [InlineData(""","message":"batch" """, """{"id":"log-1..2","events":[{"id":"log-1","event":EVENT1},{"id":"log-2","event":EVENT2}]}""")]
    [InlineData(""","message":"batch","id_path":"event_id" """, """{"id":"log-1..2","events":[{"id":"e-1","event":EVENT1},{"id":"e-2","event":EVENT2}]}""")]
    [InlineData(""","message":"batch","envelope":false,"acknowledgement":"none" """, "[EVENT1,EVENT2]")]
    public async Task Messages_are_what_the_settings_say(string settings, params string[] expected)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, settings);

        DeliveryResult result = await connector.SendAsync(WebSocketTest.Batch(2), Cancelled);
        foreach (string message in expected)
        {
            string text = message
                .Replace("EVENT1", WebSocketTest.Event(1), StringComparison.Ordinal).Replace("EVENT2", WebSocketTest.Event(2), StringComparison.Ordinal);
            Assert.Equal((text, true), Told(await collector.NextAsync(Cancelled)));
        }

        Assert.True(result.IsDelivered);
        Assert.Empty(collector.Violations);

        static (string Text, bool IsText) Told(CollectedMessage message) => (message.Text, message.IsText);
    }

    [Fact]
    public async Task Binary_messages_are_marked_as_such()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector, ""","message_type":"binary" """);

        Assert.True((await connector.SendAsync(WebSocketTest.Batch(1), Cancelled)).IsDelivered);
        Assert.False((await collector.NextAsync(Cancelled)).IsText);
    }

    [Fact]
    public async Task Payload_that_is_no_json_stands_in_the_envelope_as_text()
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        var batch = new EventBatch(
            new[] { new OutboundEvent(TestEvent.Parse(WebSocketTest.Event(1)), "log", Encoding.UTF8.GetBytes("CEF:0|a \"b\"\u2028|ü\n")) }, default, "text/plain");

        Assert.True((await connector.SendAsync(batch, Cancelled)).IsDelivered);
        Assert.Equal("{\"id\":\"log-1\",\"event\":\"CEF:0|a \\\"b\\\"\u2028|ü\\u000a\"}", (await collector.NextAsync(Cancelled)).Text);
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(130)]
    [InlineData(1_000_000)]
    public async Task Long_events_arrive_whole(int padding)
    {
        await using var collector = new WebSocketCollector();
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        string text = WebSocketTest.Event(1, new string('p', padding));

        Assert.True((await connector.SendAsync(WebSocketTest.Of("application/json", text), Cancelled)).IsDelivered);
        Assert.Equal(text, (await collector.NextAsync(Cancelled)).Events.Single());
        Assert.Empty(collector.Violations);
    }

    [Fact]
    public async Task One_connection_serves_for_all()
    {
        await using var collector = new WebSocketCollector();
        await using (IConnector connector = WebSocketTest.Create(_context, collector))
        {
            await connector.StartAsync(Cancelled);
            for (int round = 0; round < 5; round++)
                Assert.True((await connector.SendAsync(WebSocketTest.Batch(100), Cancelled)).IsDelivered);
            await connector.ProbeAsync(Cancelled);
        }

        Assert.Equal(1, collector.Connections);
        Assert.Equal(500, collector.Count);
        Assert.Empty(collector.Violations);
    }

    [Theory]
    [InlineData("event_id", 0)]
    [InlineData(null, 64)]
    public void Nothing_is_allocated_for_an_event_but_its_key(string? idPath, int bytesPerEvent)
    {
        const int Events = 500;
        EventBatch batch = WebSocketTest.Batch(Events);
        var ids = new EventIds(idPath, hasEnvelope: true);
        using var id = new PooledBuffer(256);
        using var writer = new MessageWriter();
        using var answers = new AnsweredBatch();
        using var reader = new AnswerReader(AnswerFields.Create(new WebSocketSettings { Endpoint = EndpointList.Of("wss://collector.example/") }, idPath), answers, _context);
        byte[][] acknowledgements =
            [.. Enumerable.Range(1, Events).Select(number => Encoding.UTF8.GetBytes($$"""{"ack":"{{(idPath is null ? "log" : "e")}}-{{number}}"}"""))];
        Round();

        Assert.InRange(Allocations.Least(Round), 0, Events * bytesPerEvent);
        Assert.True(answers.Conclude(Events).IsDelivered);

        void Round()
        {
            answers.Clear();
            for (int index = 0; index < Events; index++)
            {
                ids.TryWrite(in batch[index], id);
                answers.Expect(id.Written.Span);
                writer.WriteEvent(in batch[index], id.Written.Span, batch.ContentType);
            }

            foreach (byte[] acknowledgement in acknowledgements)
                reader.Take(acknowledgement);
        }
    }
}
