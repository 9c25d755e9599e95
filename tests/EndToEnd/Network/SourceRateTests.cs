using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>A source over TCP that may take so many events a second makes its senders wait, and loses none of theirs.</summary>
[Promise("G14")]
public sealed class SourceRateTests(ITestOutputHelper output) : IDisposable
{
    private const int Senders = 2;
    private const int Each = 2000;
    private const int Rate = 500;
    private const int Burst = 100;

    /// <summary>What each sender may have taken before it pays for it.</summary>
    private const int Batch = 1000;

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);
    private readonly HttpReceiver _hook = new();

    [Fact]
    public async Task Senders_far_faster_than_the_rate_are_slowed_down_and_every_event_arrives_once()
    {
        int port = SiteFolder.FreePort();
        _site.WriteSite(
            $$"""  webhooks: { receiver: { endpoint: "{{_hook.Endpoint}}" } }""",
            $$"""
              [{ type: http },
               { type: tcp, listen: "127.0.0.1:{{port}}", rate_limiting: { max_events_per_second: {{Rate}}, burst_capacity: {{Burst}} } }]
              """);
        await using RunningHost host = await RunningHost.StartAsync(_site);

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync(port)));
        await _hook.Arrivals.AllAsync(_ledger.Accepted);
        TimeSpan took = watch.Elapsed;

        _ledger.Check("receiver", _hook.Taken, mostDuplicates: 0);

        // No machine is too slow for the lower bound: it is half of what the rate asks for, and several times what they take without one.
        Assert.InRange(took, TimeSpan.FromSeconds(((Senders * (Each - Batch)) - Burst) / (2.0 * Rate)), AuditHostCommand.Patience);
    }

    public void Dispose()
    {
        _hook.Dispose();
        _site.Dispose();
    }

    /// <summary>Sends everything at once and leaves: what the host has not read by then, the kernel keeps for it.</summary>
    private async Task SendAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        ReadOnlyMemory<byte> events = Encoding.UTF8.GetBytes(string.Concat(_ledger.Owe(Each).Select(number => TestEvents.Json(number) + "\n")));
        while (!events.IsEmpty)
            events = events[await socket.SendAsync(events, TestContext.Current.CancellationToken)..];
    }
}
