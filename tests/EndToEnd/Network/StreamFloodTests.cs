using System.Diagnostics;
using System.Text;

namespace AuditHost.EndToEnd.Network;

/// <summary>
/// Senders over TCP that take up connections, time or disk get none of them for long, and what senders that mean well send meanwhile arrives.
/// Nothing answers in these protocols: the host closes the connection, and its log says why.
/// </summary>
[Promise("G14")]
public sealed class StreamFloodTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxConnections = 350;
    private const int PerPeer = 100;
    private const int TooMany = 120;
    private const int IdlePeers = 4;
    private const int Slow = 25;
    private const int Endless = 2;
    private const int Garbage = 4;

    /// <summary>What is kept of a piece that is no event.</summary>
    private const int KeptBytes = 64 << 10;

    /// <summary>How many pieces more that are no events than events a sender may send.</summary>
    private const int MostGarbage = 100;

    /// <summary>Of one event: in the 30 s that it has, they all together send several times what the host may hold.</summary>
    private static readonly string Endlessly = new('x', 256 << 10);
    private static readonly TimeSpan Torrent = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Trickle = TimeSpan.FromMilliseconds(500);

    /// <summary>Behind each of these nobody knows where the next message begins.</summary>
    private static readonly string[] NoCounts = ["99999999 <13>x", "12x4 <13>x", "5<13>x", "1234567x", "1-1 <13>x"];

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);
    private readonly HttpReceiver _hook = new();
    private readonly List<HostilePeer> _peers = [];
    private readonly int _tcp = SiteFolder.FreePort();
    private readonly int _syslog = SiteFolder.FreePort();

    [Fact]
    public async Task Floods_of_connections_and_endless_senders_are_shut_out_and_every_event_of_good_senders_arrives_once()
    {
        var watch = Stopwatch.StartNew();
        _site.WriteSite(
            $$"""  webhooks: { receiver: { endpoint: "{{_hook.Endpoint}}" } }""",
            $$"""
              [{ type: http },
               { type: tcp, listen: "127.0.0.1:{{_tcp}}", max_connections: {{MaxConnections}}, max_connections_per_peer: {{PerPeer}} },
               { type: syslog, listen: "127.0.0.1:{{_syslog}}", max_connections: {{MaxConnections}}, max_connections_per_peer: {{PerPeer}} }]
              """);
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using PacedSender json = Good(_tcp, number => TestEvents.Json(number) + "\n");
        using PacedSender lines = Good(_syslog, number => Message(number) + "\n");
        using PacedSender counted = Good(_syslog, number => $"{Message(number).Length} {Message(number)}");
        PacedSender[] good = [json, lines, counted];

        int cut = 0;
        var served = new List<TimeSpan>();
        for (int round = 0; round < (Programme.IsLong ? 10 : 1); round++)
        {
            foreach (PacedSender sender in good)
                await sender.EnterAsync();
            using var ended = new CancellationTokenSource();
            Task<List<TimeSpan>[]> serving = Task.WhenAll(good.Select(sender => sender.ServeAsync(ended.Token)));
            int[] attacks = await Task.WhenAll(AttackTcpAsync(), AttackSyslogAsync());
            cut += attacks.Sum();
            await ended.CancelAsync();
            served.AddRange((await serving).SelectMany(times => times));
            Leave();
        }

        foreach (PacedSender sender in good)
            await sender.EnterAsync();
        _ledger.Check("receiver", _hook.Taken, mostDuplicates: 0);
        AssertLogged(host, $"tcp-{_tcp}", "more than 100 pieces", "an event was not complete after 30 s");
        AssertLogged(host, $"syslog-{_syslog}", "more than 100 pieces", "an event was not complete after 30 s", "digits that are no number of octets");
        long memory = host.PeakMemoryKilobytes();
        Assert.InRange(memory, 1, FloodTests.MostMemoryKilobytes);
        served.Sort();
        Figures.Record(
            "floods and slow senders against the sources over TCP", cut, watch.Elapsed,
            detail: $"{2 * IdlePeers * PerPeer} idle connections; {served.Count} events of good senders delivered, 99 % within "
                + $"{served[served.Count * 99 / 100].TotalMilliseconds:0} ms, the slowest after {served[^1].TotalMilliseconds:0} ms; {memory >> 10} MiB at most");
    }

    public void Dispose()
    {
        Leave();
        _hook.Dispose();
        _site.Dispose();
    }

    private static string Message(int number) => $"<9>1 2026-03-31T06:00:00Z gate login {number} - - {TestEvents.Id(number)} was let in";

    /// <returns>How many connections the host closed.</returns>
    private async Task<int> AttackTcpAsync()
    {
        Task<string[]> slow = Peer(_tcp, 10).PesterAsync(Slow, """{"user":" """, "x", Trickle);
        Task<string[]> slowGarbage = Peer(_tcp, 11).PesterAsync(Slow, "GET / HTTP/1.1", "\r\nX: y", Trickle);
        Task<string[]> endlessStrings = Peer(_tcp, 12).PesterAsync(Endless, """{"user":" """, Endlessly, Torrent);
        Task<string[]> endlessLines = Peer(_tcp, 13).PesterAsync(Endless, "x", Endlessly, Torrent);
        await Peer(_tcp, 14).PesterAsync(Garbage, """{"user":"a"}""", Repeat("{1}", 1000), TimeSpan.Zero);

        int crowd = await CrowdAsync(_tcp, good: 1);
        await Task.WhenAll(slow, slowGarbage, endlessStrings, endlessLines);

        var rejected = _site.Rejected($"tcp-{_tcp}").ToLookup(piece => piece.Origin.Split(':')[0]);
        AssertKept(rejected["127.0.0.10"], Slow, "The input ends within the event.");
        AssertKept(rejected["127.0.0.11"], Slow, "This is no JSON object.");
        AssertKept(rejected["127.0.0.12"], Endless, "The input ends within the event.", leastLength: 4 << 20);
        AssertKept(rejected["127.0.0.13"], Endless, "This is no JSON object.", leastLength: 4 << 20);
        AssertGarbage(rejected["127.0.0.14"]);
        return crowd + (2 * Slow) + (2 * Endless) + Garbage;
    }

    /// <returns>How many connections the host closed.</returns>
    private async Task<int> AttackSyslogAsync()
    {
        Task<string[]> slowLines = Peer(_syslog, 20).PesterAsync(Slow, "<13>slow ", "x", Trickle);
        Task<string[]> slowCounted = Peer(_syslog, 21).PesterAsync(Slow, "500 <13>slow ", "x", Trickle);
        Task<string[]> endlessLines = Peer(_syslog, 22).PesterAsync(Endless, "<13>", Endlessly, Torrent);
        Task<string[]> endlessCounted = Peer(_syslog, 23).PesterAsync(Endless, "9999999 <13>", Endlessly, Torrent);
        await Peer(_syslog, 24).PesterAsync(Garbage, "<13>one\n", $"<13>{new string('x', KeptBytes)}\n", TimeSpan.Zero);
        await Task.WhenAll(NoCounts.Select(message => Peer(_syslog, 25).PesterAsync(1, "7 <13>one" + message, "<13>and more\n", Trickle)));

        int crowd = await CrowdAsync(_syslog, good: 2);
        await Task.WhenAll(slowLines, slowCounted, endlessLines, endlessCounted);

        var rejected = _site.Rejected($"syslog-{_syslog}").ToLookup(piece => piece.Origin.Split(':')[0]);
        Assert.Empty(rejected["127.0.0.20"]); // A line that is cut off is a message.
        AssertKept(rejected["127.0.0.21"], Slow, "The input ends within the message.");
        AssertKept(rejected["127.0.0.22"], Endless, "The message has more than 65536 bytes (max_event_bytes).");
        AssertKept(rejected["127.0.0.23"].Where(piece => piece.Length == 9_999_999 + "9999999 ".Length), Endless, "The message has more than 65536 bytes (max_event_bytes).");
        AssertGarbage(rejected["127.0.0.24"]);
        AssertKept(rejected["127.0.0.25"], NoCounts.Length, "A message begins with digits that are no number of octets.");
        return crowd + (2 * Slow) + (2 * Endless) + Garbage + NoCounts.Length;
    }

    /// <summary>A peer that wants more than its share, then more idle connections than the source has.</summary>
    /// <returns>How many of them the host closed.</returns>
    private async Task<int> CrowdAsync(int port, int good)
    {
        Assert.Equal(TooMany - PerPeer, await HostilePeer.ClosedAsync(await Peer(port, 30).ConnectAsync(TooMany), TooMany - PerPeer));
        var idle = new List<System.Net.Sockets.Socket>();
        for (int i = 0; i < IdlePeers; i++)
            idle.AddRange(await Peer(port, 100 + i).ConnectAsync(PerPeer));

        // What slow senders have left is room for some.
        int turnedAway = good + PerPeer + (IdlePeers * PerPeer) - MaxConnections;
        int closed = await HostilePeer.ClosedAsync(idle, turnedAway);
        Assert.InRange(closed, turnedAway, turnedAway + (2 * Slow) + (2 * Endless));
        return TooMany - PerPeer + closed;
    }

    private static void AssertKept(IEnumerable<(string Origin, long Length, string Reason, byte[] Data)> pieces, int count, string reason, long leastLength = 0)
    {
        Assert.Equal(count, pieces.DistinctBy(piece => piece.Origin).Count());
        Assert.Equal(count, pieces.Count());
        Assert.All(pieces, piece =>
        {
            Assert.Equal(reason, piece.Reason);
            Assert.InRange(piece.Length, leastLength, long.MaxValue);
            Assert.InRange(piece.Data.Length, Math.Min(piece.Length, 1), KeptBytes);
        });
    }

    /// <summary>Each of these senders was shut out with the first piece that was too much, though it had sent thousands by then.</summary>
    private static void AssertGarbage(IEnumerable<(string Origin, long Length, string Reason, byte[] Data)> pieces)
    {
        int[] counts = [.. pieces.CountBy(piece => piece.Origin).Select(sender => sender.Value)];
        Assert.Equal(Garbage, counts.Length);
        Assert.All(counts, count => Assert.Equal(MostGarbage + 2, count));
    }

    private static void AssertLogged(RunningHost host, string source, params string[] reasons)
    {
        Assert.Contains("(max_connections_per_peer of the source)", host.Log, StringComparison.Ordinal);
        Assert.Contains($"{source} has {MaxConnections} connections and takes no more (max_connections of the source)", host.Log, StringComparison.Ordinal);
        Assert.All(reasons, reason => Assert.Contains(host.Log.Split('\n'), line =>
            line.Contains($"{source} closed the connection of 127.0.0.", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal)));
    }

    private PacedSender Good(int port, Func<int, string> write) => new(port, _ledger, _hook.Arrivals, number => Encoding.UTF8.GetBytes(write(number)));

    private HostilePeer Peer(int port, int number)
    {
        var peer = new HostilePeer($"127.0.0.{number}", port);
        _peers.Add(peer);
        return peer;
    }

    private void Leave()
    {
        _peers.ForEach(peer => peer.Dispose());
        _peers.Clear();
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
