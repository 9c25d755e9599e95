using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AuditHost.EndToEnd;

/// <summary>The host as a relay between a sender and a receiver of syslog: what it sends on is what it took, byte for byte.</summary>
public sealed class SyslogRelayTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 20;

    /// <summary>The longest that the destination sends.</summary>
    private const int Longest = 8192;

    /// <summary>A line could not have them within it, or begin so.</summary>
    private static readonly byte[][] OnlyCounted =
    [
        Encoding.UTF8.GetBytes("<34>1 2026-03-31T06:00:00Z gate login 17 ID47 - first line\nsecond line\n"),
        Encoding.UTF8.GetBytes("<34>Mar 31 06:00:00 gate login[17]: with \r\n and \0 within\r\n"),
        Encoding.UTF8.GetBytes("12 messages without a priority"),
        Encoding.UTF8.GetBytes("\n"),
        [.. "<13>1 - - - - - - "u8, .. Enumerable.Range(0, 256).Select(code => (byte)code)],
    ];

    private static readonly byte[][] Either =
    [
        Encoding.UTF8.GetBytes("<165>1 2026-03-31T06:00:00.003Z gate login 17 ID47 [a@32473 b=\"c\\\"]\"][d@32473] \uFEFFgrößer"),
        Encoding.UTF8.GetBytes("<13>1 - - - - - -"),
        Encoding.UTF8.GetBytes("<13>Mar 31 06:00:00 gate login[17]: let in"),
        Encoding.UTF8.GetBytes("<13>2026-03-31T06:00:00+02:00 gate login: let in"),
        Encoding.UTF8.GetBytes("no priority, \ttwo  spaces and one at the end "),
        Encoding.UTF8.GetBytes("<13>"),
        Encoding.UTF8.GetBytes("<999>1 is no priority"),
        Encoding.UTF8.GetBytes("{\"user\":\"\\u0041\"}"),
        [.. "<13>Mar 31 06:00:00 gate login: caf"u8, 0xE9, .. " and \\ \" \u0001"u8],
        [0xFF, 0xFE, 0xC3],
        [.. "<13>1 - - - - - - "u8, .. Enumerable.Repeat((byte)'x', Longest - 18)],
    ];

    private static readonly byte[][] LineEnds = [[(byte)'\n'], [(byte)'\r', (byte)'\n'], [0]];

    private readonly SiteFolder _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Messages_of_each_form_and_framing_go_out_as_they_came()
    {
        int port = SiteFolder.FreePort();
        var relayed = Channel.CreateUnbounded<byte[]>();
        using var receiver = new SyslogReceiver(relayed: relayed.Writer);
        _site.WriteSite(
            $$"""
              log_aggregation:
                next: { type: syslog, protocol: tcp, format: syslog_relay, framing: octet_counting, server: "127.0.0.1:{{receiver.Port}}", ordered: true }
            """,
            $$"""[{ type: http }, { type: syslog, listen: "127.0.0.1:{{port}}" }]""");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        Random random = Programme.Begin(output);
        byte[][] sent = [.. Enumerable.Range(0, Rounds).SelectMany(_ => Shuffled(random))];

        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await sender.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await SendAsync(sender, sent.SelectMany(message => Framed(message, random)).ToArray(), random);

        foreach (byte[] message in sent)
            Assert.Equal(message, await NextAsync(relayed.Reader));
        await SendAsync(sender, "<13>last\n"u8.ToArray(), random);
        Assert.Equal("<13>last"u8.ToArray(), await NextAsync(relayed.Reader));
        Assert.Empty(receiver.Corrupt);
        Assert.Empty(_site.Rejected($"syslog-{port}"));
    }

    private static Task<byte[]> NextAsync(ChannelReader<byte[]> messages)
    {
        CancellationToken test = TestContext.Current.CancellationToken;
        return messages.ReadAsync(test).AsTask().WaitAsync(AuditHostCommand.Patience, test);
    }

    private static byte[][] Shuffled(Random random)
    {
        byte[][] messages = [.. OnlyCounted, .. Either, .. Either];
        random.Shuffle(messages);
        return messages;
    }

    /// <summary>In either framing where both are possible, message by message.</summary>
    private static IEnumerable<byte> Framed(byte[] message, Random random) => OnlyCounted.Contains(message) || random.Next(2) == 0
        ? [.. Encoding.ASCII.GetBytes($"{message.Length} "), .. message]
        : [.. message, .. LineEnds[random.Next(LineEnds.Length)]];

    /// <summary>In pieces that end anywhere.</summary>
    private static async Task SendAsync(Socket sender, ReadOnlyMemory<byte> stream, Random random)
    {
        while (!stream.IsEmpty)
            stream = stream[await sender.SendAsync(stream[..Math.Min(random.Next(1, 2000), stream.Length)], TestContext.Current.CancellationToken)..];
    }
}
