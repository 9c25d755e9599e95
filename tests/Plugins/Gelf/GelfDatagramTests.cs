using System.Net;
using System.Net.Sockets;
using System.Text;
using AuditHost.Fakes.Graylog;
using AuditHost.Sdk;
using AuditHost.Sdk.Testing;

namespace AuditHost.Plugins.Tests.Gelf;

public sealed class GelfDatagramTests : IDisposable
{
    private readonly TestPluginContext _context = new();

    private static CancellationToken Cancelled => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("zlib")]
    [InlineData("none")]
    public async Task Messages_of_every_length_arrive_whole_in_as_many_datagrams_as_they_need(string compression)
    {
        await using var input = new GelfUdpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address, $",\"compression\":\"{compression}\"");
        await connector.StartAsync(Cancelled);
        foreach (int bytes in new[] { 0, 900, 1000, 1408, 5000, 30_000 })
        {
            string noise = GelfTests.Noise(bytes);

            Assert.True((await connector.SendAsync(GelfTests.Padded(noise), Cancelled)).IsDelivered);
            Assert.Equal(noise.Length == 0 ? null : noise, (await input.Intake.NextAsync(Cancelled))["_payload_padding"]);
        }

        Assert.True((await connector.SendAsync(GelfTests.Batch(20), Cancelled)).IsDelivered);
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"e-{number}"), (await input.Intake.NextAsync(20, Cancelled)).Select(message => message["_event_id"]));
        Assert.All(input.Datagrams, length => Assert.InRange(length, 1, 1420));
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task What_compresses_into_one_datagram_goes_in_one()
    {
        await using var input = new GelfUdpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address);

        await connector.SendAsync(GelfTests.Padded(new string('p', 30_000)), Cancelled);

        Assert.Equal(new string('p', 30_000), (await input.Intake.NextAsync(Cancelled))["_payload_padding"]);
        Assert.InRange(Assert.Single(input.Datagrams), 1, 1420);
    }

    [Fact]
    public async Task Chunks_have_magic_bytes_one_id_their_number_and_their_count()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using IConnector connector = GelfTests.Create(_context, new Uri($"udp://{socket.Client.LocalEndPoint}"), ""","compression":"none","chunk_bytes":512""");
        string payload = new('x', 1001);

        await connector.SendAsync(TestBatch.OfPayloads(payload), Cancelled);
        await connector.SendAsync(TestBatch.OfPayloads(payload), Cancelled);
        byte[][] chunks = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await socket.ReceiveAsync(Cancelled)).Buffer))];

        // The header of the specification: 1e 0f, eight bytes of id, the number from 0, the count.
        for (int number = 0; number < 3; number++)
        {
            byte[] chunk = chunks[number];
            Assert.Equal([0x1E, 0x0F], chunk[..2]);
            Assert.Equal(chunks[0][2..10], chunk[2..10]);
            Assert.Equal([(byte)number, 3], chunk[10..12]);
            Assert.Equal(number < 2 ? 512 : 13, chunk.Length);
        }

        Assert.Equal(payload, string.Concat(chunks[..3].Select(chunk => Encoding.UTF8.GetString(chunk[12..]))));
        Assert.Equal(chunks[..3], chunks[3..]);
    }

    [Fact]
    public async Task Messages_have_ids_of_their_own()
    {
        await using var input = new GelfUdpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","compression":"none","chunk_bytes":512""");
        input.Drop(number => number is 1 or 5);

        await connector.SendAsync(GelfTests.Padded(GelfTests.Noise(1000), number: 1), Cancelled);
        await connector.SendAsync(GelfTests.Padded(GelfTests.Noise(1000), number: 2), Cancelled);
        await connector.SendAsync(GelfTests.Batch(1), Cancelled);

        // Both lost one chunk: had they the same id, the one would have filled the other's gap.
        Assert.Equal("e-1", (await input.Intake.NextAsync(Cancelled))["_event_id"]);
        Assert.Equal(1, input.Intake.Count);
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task Another_attempt_completes_what_lost_a_chunk()
    {
        await using var input = new GelfUdpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","compression":"none","chunk_bytes":512""");
        input.Drop(number => number == 1);

        await connector.SendAsync(GelfTests.Padded(GelfTests.Noise(1000)), Cancelled);
        await connector.SendAsync(GelfTests.Padded(GelfTests.Noise(1000)), Cancelled);

        Assert.Equal(GelfTests.Noise(1000), (await input.Intake.NextAsync(Cancelled))["_payload_padding"]);
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public async Task Message_of_more_than_128_chunks_fails_alone_and_one_of_128_arrives()
    {
        await using var input = new GelfUdpInput();
        await using IConnector connector = GelfTests.Create(_context, input.Address, ""","compression":"none","chunk_bytes":512,"max_message_bytes":100000""");
        string[] payloads = [Json(128 * 500), Json((128 * 500) + 1), Json(100_001), string.Empty, Json(300)];

        DeliveryResult result = await connector.SendAsync(TestBatch.OfPayloads(payloads), Cancelled);
        IReadOnlyList<GelfMessage> messages = await input.Intake.NextAsync(2, Cancelled);

        Assert.Equal(
            [(1, FailureKind.TooLarge), (2, FailureKind.TooLarge), (3, FailureKind.Rejected)],
            result.Failures!.Select(failure => (failure.Index, failure.Kind)));
        Assert.Contains("129 chunks", result.Failures![0].Reason, StringComparison.Ordinal);
        Assert.Contains("max_message_bytes", result.Failures[1].Reason, StringComparison.Ordinal);
        Assert.Equal([payloads[0], payloads[4]], messages.Select(message => message.Json));
        Assert.Empty(input.Intake.Violations);
    }

    [Fact]
    public void Udp_is_warned_of()
    {
        _ = GelfTests.Create(_context, new Uri("udp://graylog.example"));
        _ = GelfTests.Create(_context, new Uri("tls://graylog.example"));

        Assert.Contains("loses messages", Assert.Single(_context.Warnings), StringComparison.Ordinal);
    }

    private static string Json(int bytes)
    {
        const string Message = """{"version":"1.1","host":"h","short_message":"m","_p":"*"}""";
        return Message.Replace("*", new string('x', bytes - Message.Length + 1));
    }
}
