using System.Text.Json.Nodes;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>What a server that others wrote understands, with shared key, user and acknowledgement.</summary>
public sealed class FluentServerTests : IDisposable
{
    private const string Secured =
        """{"security":{"serverHostname":"fluentd.example","sharedKey":"s3cret","authorize":true,"userDict":{"relay":"pässwort"}}}""";

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("""{"security":{"serverHostname":"fluentd.example","sharedKey":"s3cret","authorize":false,"userDict":{}}}""", ""","shared_key":"s3cret","tag":"copybook.audit" """)]
    [InlineData(Secured, ""","shared_key":"s3cret","username":"relay","password":"pässwort","tag":"copybook.audit","compression":"gzip" """)]
    [InlineData("{}", ""","tag":"copybook.audit" """)]
    [InlineData("{}", ""","tag":"copybook.audit","compression":"gzip","max_chunk_bytes":2000""")]
    public async Task Acknowledged_events_have_arrived(string server, string settings)
    {
        string[] events =
        [
            .. Enumerable.Range(1, 100).Select(number => FluentdTest.Event(number)),
            """{"event_id":"e-101","timestamp":"2026-11-23T20:00:00.123456789Z","text":"grüße \"quoted\" € 漢字 🚀\n","numbers":[0,-1,1.5,4294967296,-33,true,null],"deep":{"a":{"b":[{},[]]}}}""",
        ];
        await using FluentServer receiver = await FluentServer.StartAsync(server, Cancelled);
        await using IConnector connector = FluentdTest.Create(_context, $"\"{receiver.Address}\"", settings);
        await connector.StartAsync(Cancelled);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(events), Cancelled);
        IReadOnlyList<JsonNode> received = await receiver.ReceiveAsync(events.Length, Cancelled);

        Assert.True(result.IsDelivered);
        Assert.True(result.AcknowledgementId is not null || result.AcknowledgementIds is not null);
        for (int index = 0; index < events.Length; index++)
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(events[index]), received[index]["record"]), events[index]);
            Assert.Equal(
                ("copybook.audit", 1795464000L, 123456789L),
                ((string)received[index]["tag"]!, (long)received[index]["seconds"]!, (long)received[index]["nanoseconds"]!));
        }
    }

    [Theory]
    [InlineData(""","shared_key":"wrong","username":"relay","password":"pässwort" """)]
    [InlineData(""","shared_key":"s3cret","username":"relay","password":"wrong" """)]
    [InlineData(""","shared_key":"s3cret","username":"nobody","password":"pässwort" """)]
    [InlineData(""","shared_key":"s3cret" """)]
    [InlineData(""","shared_key":"s3cret","username":"relay","password":"pässwort","hostname":"fluentd.example" """)]
    [InlineData("")]
    public async Task A_sender_that_it_refuses_is_misconfigured(string settings)
    {
        await using FluentServer receiver = await FluentServer.StartAsync(Secured, Cancelled);
        await using IConnector connector = FluentdTest.Create(_context, $"\"{receiver.Address}\"", settings);

        Assert.Equal(FailureKind.Misconfigured, (await connector.SendAsync(FluentdTest.Batch(1), Cancelled)).Kind);
    }
}
