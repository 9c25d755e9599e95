using System.Diagnostics;

namespace AuditHost.EndToEnd.Network;

/// <summary>Peers that take up connections and time get neither for long, and a good sender is served meanwhile.</summary>
[Promise("G14")]
public sealed class FloodTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>The most that the host may ever have held after a flood.</summary>
    internal const long MostMemoryKilobytes = 512 << 10;

    private const int IdlePeers = 8;
    private const int IdlePerPeer = 250;
    private const int PerPeer = 256;
    private const int TooMany = 300;
    private const int Slow = 50;
    private static readonly TimeSpan Trickle = TimeSpan.FromMilliseconds(500);

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);
    private readonly List<HostilePeer> _peers = [];

    [Fact]
    public async Task Floods_and_slow_senders_are_cut_off_and_a_good_sender_is_answered_every_time()
    {
        var watch = Stopwatch.StartNew();
        using var hook = new HttpReceiver();
        _site.Write("site.yaml", $$"""
            host:
              data_dir: ./data
              http: { listen: "127.0.0.1:{{_site.Port}}", max_body_bytes: 256KiB }
            enterprise_integration:
              webhooks: { receiver: { endpoint: "{{hook.Endpoint}}" } }
            """);
        await using RunningHost host = await RunningHost.StartAsync(_site);
        using var ended = new CancellationTokenSource();
        Task<List<TimeSpan>> good = ServeWellAsync(host, ended.Token);

        int cut = 0;
        for (int round = 0; round < (Programme.IsLong ? 10 : 1); round++)
            cut += await AttackAsync();

        await ended.CancelAsync();
        List<TimeSpan> served = await good;
        await hook.Arrivals.AllAsync(_ledger.Accepted);
        _ledger.Check("receiver", hook.Taken, mostDuplicates: 0);
        Assert.Equal(served.Count, _ledger.Accepted.Length);
        long memory = host.PeakMemoryKilobytes();
        Assert.InRange(memory, 1, MostMemoryKilobytes);
        Assert.Contains("host.http.max_connections_per_peer", host.Log, StringComparison.Ordinal);
        served.Sort();
        Figures.Record(
            "floods and slow senders against the intake", cut, watch.Elapsed,
            detail: $"{IdlePeers * IdlePerPeer} idle connections; {served.Count} requests of a good sender answered, 99 % within "
                + $"{served[served.Count * 99 / 100].TotalMilliseconds:0} ms, the slowest after {served[^1].TotalMilliseconds:0} ms; {memory >> 10} MiB at most");
    }

    [Fact]
    public async Task Handshake_of_TLS_on_a_plain_port_is_refused_and_harms_nobody()
    {
        _site.WriteSite("""  log_aggregation: { archive: { type: file, format: jsonl, path: ./out.jsonl } }""");
        await using RunningHost host = await RunningHost.StartAsync(_site);

        string[] answers = await Peer(2).PesterAsync(20, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "\u0000\u00ff", TimeSpan.Zero);

        Assert.All(answers, answer => Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer));
        Assert.Single(await _ledger.PostAsync(host, 1));
    }

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _site.Dispose();
    }

    /// <returns>How many connections the host closed.</returns>
    private async Task<int> AttackAsync()
    {
        for (int i = 0; i < IdlePeers; i++)
            await Peer(100 + i).ConnectAsync(IdlePerPeer);

        Task<int> greedy = HostilePeer.ClosedAsync(await Peer(2).ConnectAsync(TooMany), TooMany - PerPeer);
        const string Post = "POST /v1/events HTTP/1.1\r\nHost: audithost\r\nContent-Type: application/x-ndjson\r\n";
        Task<string[]> slowHeaders = Peer(3).PesterAsync(Slow, "POST /v1/events HTTP/1.1\r\nX-Slow: ", "x", Trickle);
        Task<string[]> slowBodies = Peer(4).PesterAsync(Slow, $"{Post}Content-Length: 100000\r\n\r\n{{", "x", Trickle);
        Task<string[]> slowChunks = Peer(5).PesterAsync(Slow, $"{Post}Transfer-Encoding: chunked\r\n\r\n", "1\r\n{\r\n", Trickle);
        Task<string[]> smallChunks = Peer(6).PesterAsync(4, $"{Post}Transfer-Encoding: chunked\r\n\r\n", Repeat("1\r\n{\r\n", 1000), TimeSpan.Zero);
        Task<string[]> endlessLines = Peer(7).PesterAsync(4, $"{Post}Transfer-Encoding: chunked\r\n\r\n", $"400\r\n{new string('x', 1024)}\r\n", TimeSpan.Zero);
        Task<string[]> endlessHeaders = Peer(8).PesterAsync(4, "GET / HTTP/1.1\r\nX-Long: ", new string('x', 1024), TimeSpan.Zero);
        Task<string[]> endlessTargets = Peer(9).PesterAsync(4, "GET /", new string('x', 1024), TimeSpan.Zero);
        Task<string[]> manyHeaders = Peer(10).PesterAsync(4, "GET / HTTP/1.1\r\n", Repeat("X: y\r\n", 100), TimeSpan.Zero);

        Assert.Equal(TooMany - PerPeer, await greedy);
        AssertAnswered(await slowHeaders, "408");
        AssertAnswered(await slowBodies, "408");
        AssertAnswered(await slowChunks, "408");
        AssertAnswered(await smallChunks, "413");
        AssertAnswered(await endlessLines, "413");
        AssertAnswered(await endlessHeaders, "431");
        AssertAnswered(await endlessTargets, "414");
        AssertAnswered(await manyHeaders, "431");
        int cut = TooMany - PerPeer + (3 * Slow) + (5 * 4);
        _peers.ForEach(peer => peer.Dispose());
        _peers.Clear();
        return cut;
    }

    /// <summary>A new connection for each event, since one that stands would not notice that no more are taken.</summary>
    private async Task<List<TimeSpan>> ServeWellAsync(RunningHost host, CancellationToken ended)
    {
        host.Http.DefaultRequestHeaders.ConnectionClose = true;
        var served = new List<TimeSpan>();
        while (!ended.IsCancellationRequested)
        {
            long started = Stopwatch.GetTimestamp();
            Assert.Single(await _ledger.PostAsync(host, 1));
            served.Add(Stopwatch.GetElapsedTime(started));
        }

        return served;
    }

    private HostilePeer Peer(int number)
    {
        var peer = new HostilePeer($"127.0.0.{number}", _site.Port);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A peer that goes on sending may miss the answer: its own bytes are met with a reset.</summary>
    private void AssertAnswered(string[] answers, string status)
    {
        output.WriteLine($"{status}: {answers.Count(answer => answer.Length > 0)} of {answers.Length} read the answer");
        Assert.All(answers.Where(answer => answer.Length > 0), answer => Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
