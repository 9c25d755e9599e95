using System.Text;
using AuditHost.Fakes.WebSockets;
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

    [Fact]
    public async Task Sending_allocates_next_to_nothing_per_event()
    {
        await using var collector = new WebSocketCollector { Keeps = false };
        await using IConnector connector = WebSocketTest.Create(_context, collector);
        EventBatch batch = WebSocketTest.Batch(500);
        await connector.SendAsync(batch, Cancelled);
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Assert.True((await connector.SendAsync(batch, Cancelled)).IsDelivered);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The key of an event is a text of its own; the rest is for the batch, and for the fake.
        Assert.InRange(least, 0, 500 * 400);
    }
}
