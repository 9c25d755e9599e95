using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>Floods of datagrams: what is too long is kept as rejected, what is none costs nothing, and good ones come through.</summary>
[Promise("G14")]
public sealed class DatagramFloodTests(ITestOutputHelper output) : IDisposable
{
    private const int Flooders = 2;
    private const int MaxEventBytes = 4096;
    private const int LargestDatagram = 65507;

    /// <summary>At least so many good ones, however soon the flood is over.</summary>
    private const int LeastGood = 50;

    /// <summary>After so long a datagram that has not arrived is taken for lost and sent again.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(500);

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);
    private readonly HttpReceiver _hook = new();
    private readonly int _port = SiteFolder.FreePort();

    [Fact]
    public async Task Floods_of_datagrams_that_are_garbage_empty_or_too_long_harm_nobody()
    {
        var watch = Stopwatch.StartNew();
        int flood = Programme.Times(100_000, longFactor: 10);
        _site.WriteSite(
            $$"""  webhooks: { receiver: { endpoint: "{{_hook.Endpoint}}", event_filters: [{ type: severity_threshold, minimum_severity: High }] } }""",
            $$"""[{ type: http }, { type: syslog, protocol: udp, listen: "127.0.0.1:{{_port}}", max_event_bytes: {{MaxEventBytes}} }]""");
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using Socket sender = Sender("127.0.0.1");

        Task flooding = Task.WhenAll(Enumerable.Range(0, Flooders).Select(number =>
        {
            Random random = Programme.Begin(output, number);
            return Task.Run(() => Flood($"127.0.0.{40 + number}", flood, random));
        }));
        int sent = 0;
        while (!flooding.IsCompleted || _ledger.Accepted.Length < LeastGood)
            sent += await SendAsync(sender);
        await flooding;

        // What came before a good one is dealt with when that has arrived: there is room in the kernel again, and then it is this one's turn.
        sent += await SendAsync(sender);
        await sender.SendAsync(TooLong(LargestDatagram), TestContext.Current.CancellationToken);
        sent += await SendAsync(sender);
        int duplicates = _ledger.Check("receiver", _hook.Taken, mostDuplicates: sent - _ledger.Accepted.Length);
        var rejected = _site.Rejected($"syslog-udp-{_port}");
        Assert.Equal(("127.0.0.1", LargestDatagram), (rejected[^1].Origin, rejected[^1].Length));
        Assert.All(rejected, piece =>
        {
            Assert.Equal($"The message has more than {MaxEventBytes} bytes (max_event_bytes).", piece.Reason);
            Assert.Equal(TooLong((int)piece.Length), piece.Data);
        });
        long memory = host.PeakMemoryKilobytes();
        Assert.InRange(memory, 1, FloodTests.MostMemoryKilobytes);
        Assert.Equal(0, await host.StopAsync());
        Figures.Record(
            "floods of datagrams against syslog over UDP", Flooders * flood, watch.Elapsed, Programme.SeedText,
            $"{_ledger.Accepted.Length} good ones arrived, {sent - _ledger.Accepted.Length} of them sent again, {duplicates} twice; "
                + $"{rejected.Length} kept as rejected; {memory >> 10} MiB at most");
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    private static byte[] TooLong(int length)
    {
        byte[] datagram = new byte[length];
        datagram.AsSpan().Fill((byte)'z');
        return datagram;
    }

    /// <summary>As fast as the kernel takes them; most are lost where its buffer is full.</summary>
    private void Flood(string address, int count, Random random)
    {
        using Socket socket = Sender(address);
        byte[] garbage = new byte[200];
        for (int i = 0; i < count && !TestContext.Current.CancellationToken.IsCancellationRequested; i++)
        {
            switch (random.Next(1000))
            {
                case 0:
                    socket.Send(TooLong(LargestDatagram));
                    break;
                case < 50:
                    socket.Send(TooLong(random.Next(MaxEventBytes + 1, 3 * MaxEventBytes)));
                    break;
                case < 500:
                    socket.Send(ReadOnlySpan<byte>.Empty);
                    break;
                default:
                    random.NextBytes(garbage);
                    socket.Send(garbage.AsSpan(0, random.Next(1, garbage.Length)));
                    break;
            }
        }
    }

    private Socket Sender(string address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        socket.Connect(IPAddress.Loopback, _port);
        return socket;
    }

    /// <summary>Sends a good one, again where it was lost, until it has arrived.</summary>
    /// <returns>How often it was sent.</returns>
    private async Task<int> SendAsync(Socket socket)
    {
        int number = _ledger.Owe(1).Single();
        byte[] message = Encoding.UTF8.GetBytes($"<9>1 2026-03-31T06:00:00Z gate login {number} - - {TestEvents.Id(number)} was let in");
        Task arrived = _hook.Arrivals.AllAsync([TestEvents.Id(number)]);
        int sent = 0;
        do
        {
            await socket.SendAsync(message, TestContext.Current.CancellationToken);
            sent++;
        }
        while (await Task.WhenAny(arrived, Task.Delay(Repeat, TestContext.Current.CancellationToken)) != arrived);
        await arrived;
        return sent;
    }
}
