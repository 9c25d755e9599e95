using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Fakes.Fluentd;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Fluentd;

/// <summary>What goes over the wire.</summary>
public sealed class ForwardMessageTests : IDisposable
{
    private const string Entry = "92d7006b049b40075bcd1581a26964a3652d31";

    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Packed_forward_is_as_other_clients_write_it()
    {
        byte[] message = await CaptureAsync(string.Empty, length: 66);

        Assert.Equal("93a56175646974c413" + Entry + "82a473697a6501a56368756e6bb8", Convert.ToHexStringLower(message[..^24]));
        Assert.Equal(16, Convert.FromBase64String(Encoding.ASCII.GetString(message[^24..])).Length);
    }

    [Fact]
    public async Task Without_acknowledgement_there_is_no_chunk() =>
        Assert.Equal(
            "93a56175646974c413" + Entry + "81a473697a6501",
            Convert.ToHexStringLower(await CaptureAsync(""","require_ack":false""", length: 35)));

    [Theory]
    [InlineData("")]
    [InlineData(""","compression":"gzip" """)]
    public async Task A_batch_is_one_message_in_order(string further)
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input, further);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(300), Cancelled);

        ForwardMessage message = Assert.Single(input.Messages);
        Assert.True(result.IsDelivered);
        Assert.Equal(message.Chunk, result.AcknowledgementId);
        Assert.Equal((further.Length > 0, 300), (message.IsCompressed, message.Size));
        Assert.Equal(Enumerable.Range(1, 300).Select(number => $"e-{number}"), input.Events.Select(one => (string?)one.Record["event_id"]));
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Another_attempt_has_the_same_chunk_and_other_events_another()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);

        await connector.SendAsync(FluentdTest.Batch(3), Cancelled);
        await connector.SendAsync(FluentdTest.Batch(3), Cancelled);
        await connector.SendAsync(FluentdTest.Batch(4), Cancelled);

        string?[] chunks = [.. input.Messages.Select(message => message.Chunk)];
        Assert.Equal(chunks[0], chunks[1]);
        Assert.NotEqual(chunks[0], chunks[2]);
        Assert.Equal(1, input.Connections);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task Events_are_grouped_by_tag_and_keep_their_order()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(new TemplatingContext(_context), input, ""","tag":"copybook.{{ audit.type }}" """);
        EventBatch batch = FluentdTest.Batch(
            FluentdTest.Event(1, "AccessEvent"), FluentdTest.Event(2, "ErrorEvent"), FluentdTest.Event(3, "AccessEvent"), FluentdTest.Event(4, "ErrorEvent"));

        DeliveryResult result = await connector.SendAsync(batch, Cancelled);

        Assert.True(result.IsDelivered);
        Assert.Equal(
            [("copybook.AccessEvent", "e-1"), ("copybook.AccessEvent", "e-3"), ("copybook.ErrorEvent", "e-2"), ("copybook.ErrorEvent", "e-4")],
            input.Events.Select(one => (one.Tag, (string?)one.Record["event_id"])));
        string?[] chunks = [.. input.Messages.Select(message => message.Chunk)];
        Assert.Equal([chunks[0], chunks[1], chunks[0], chunks[1]], result.AcknowledgementIds!);
        Assert.Empty(input.Violations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    public async Task An_event_without_a_tag_dies_alone(string type)
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(new TemplatingContext(_context), input, ""","tag":"{{ audit.type }}" """);

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(FluentdTest.Event(1), FluentdTest.Event(2, type), FluentdTest.Event(3)), Cancelled);

        Assert.Equal([(1, FailureKind.Rejected)], result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Equal(["e-1", "e-3"], input.Events.Select(one => (string?)one.Record["event_id"]));
        Assert.Null(result.AcknowledgementIds![1]);
    }

    [Fact]
    public async Task No_message_is_longer_than_the_limit()
    {
        await using var input = new ForwardInput { ChunkSizeLimit = 2200 };
        await using IConnector connector = FluentdTest.Create(_context, input, ""","max_chunk_bytes":2000""");

        DeliveryResult result = await connector.SendAsync(FluentdTest.Batch(100), Cancelled);

        Assert.True(result.IsDelivered);
        Assert.True(input.Messages.Count > 3);
        Assert.All(input.Messages, message => Assert.InRange(message.Body.Length, 1, 2000));
        Assert.Equal(Enumerable.Range(1, 100).Select(number => $"e-{number}"), input.Events.Select(one => (string?)one.Record["event_id"]));
        Assert.Equal(0, input.Dropped);
        Assert.Empty(input.Violations);
    }

    [Fact]
    public async Task An_event_above_the_limit_fails_alone()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input, ""","max_chunk_bytes":2000""");
        EventBatch batch = FluentdTest.Batch(FluentdTest.Event(1), FluentdTest.Event(2, padding: new string('p', 2000)), FluentdTest.Event(3));

        DeliveryResult result = await connector.SendAsync(batch, Cancelled);

        EventFailure failure = Assert.Single(result.Failures!);
        Assert.Equal((1, FailureKind.TooLarge), (failure.Index, failure.Kind));
        Assert.Contains("max_chunk_bytes", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(["e-1", "e-3"], input.Events.Select(one => (string?)one.Record["event_id"]));
    }

    [Fact]
    public async Task A_batch_of_which_nothing_can_be_sent_opens_no_connection()
    {
        await using var input = new ForwardInput();
        await using IConnector connector = FluentdTest.Create(_context, input);

        DeliveryResult result = await connector.SendAsync(FluentdTest.OfPayload("application/json", string.Empty), Cancelled);

        Assert.Equal([FailureKind.Rejected], result.Failures!.Select(failure => failure.Kind));
        Assert.Equal(0, input.Connections);
    }

    /// <summary>The first bytes that a connector sends of an event with the time and record of the vectors.</summary>
    private async Task<byte[]> CaptureAsync(string further, int length)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using IConnector connector = FluentdTest.Create(_context, $"\"tcp://{listener.LocalEndpoint}\"", further);
        AuditEvent one = TestEvent.Parse(FluentdTest.Event(1));
        var batch = new EventBatch(new OutboundEvent[] { new(one, "log", """{"id":"e-1"}"""u8.ToArray()) }, default, "application/json");
        ValueTask<DeliveryResult> sending = connector.SendAsync(batch, Cancelled);
        byte[] bytes = new byte[length];
        using (TcpClient peer = await listener.AcceptTcpClientAsync(Cancelled))
            await peer.GetStream().ReadExactlyAsync(bytes, Cancelled);
        try
        {
            await sending;
        }
        catch (IOException)
        {
            // The peer went without an acknowledgement.
        }

        return bytes;
    }
}
