using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.EndToEnd.Network;

/// <summary>Whatever networks and servers do to its connections, a destination gets well again and has everything.</summary>
[Promise("G2", "G3", "G4", "G20")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int HttpLanes = 40;
    private const int SyslogLanes = 5;
    private const int BatchSize = 50;
    private const int ReplayTail = 2000;

    private static readonly TimeSpan PostInterval = TimeSpan.FromMilliseconds(25);

    private static readonly FaultKind[] HttpFaults =
    [
        FaultKind.CutRequest, FaultKind.CutResponse, FaultKind.Delay, FaultKind.Jitter, FaultKind.BlackHole, FaultKind.Reset, FaultKind.HalfClose,
        FaultKind.Trickle, FaultKind.SingleBytes, FaultKind.DuplicateResponse, FaultKind.LongContentLength, FaultKind.ShortContentLength,
        FaultKind.NegativeContentLength, FaultKind.TwoContentLengths, FaultKind.Continues, FaultKind.Garbage, FaultKind.TlsAlert,
        FaultKind.EarlyAnswer, FaultKind.EndlessBody, FaultKind.ManyHeaders, FaultKind.Refused,
    ];

    private static readonly FaultKind[] SyslogFaults =
    [
        FaultKind.CutRequest, FaultKind.Delay, FaultKind.Jitter, FaultKind.BlackHole, FaultKind.Reset, FaultKind.SingleBytes, FaultKind.Garbage,
        FaultKind.TlsAlert, FaultKind.Refused,
    ];

    /// <summary>Of each destination.</summary>
    private static int Cases => Programme.IsLong ? 1000 : 10;

    [Fact]
    public async Task Faults_of_every_kind_on_fifty_destinations_lose_and_invent_nothing()
    {
        Random random = Programme.Begin(output);
        var watch = Stopwatch.StartNew();
        using X509Certificate2 certificate = TestCertificate.Create();
        var folder = new SiteFolder();
        folder.Write("ca.pem", certificate.ExportCertificatePem());
        ProxiedLane[] hooks = [.. Enumerable.Range(0, HttpLanes).Select(number => ProxiedLane.Of($"hook{number}", new HttpReceiver { Padding = 500 }))];
        ProxiedLane[] plain = [.. Enumerable.Range(0, SyslogLanes).Select(number => ProxiedLane.Of($"tcp{number}", new SyslogReceiver()))];
        ProxiedLane[] secure = [.. Enumerable.Range(0, SyslogLanes).Select(number => ProxiedLane.Of($"tls{number}", new SyslogReceiver(certificate)))];
        await using ProxiedSite site = await ProxiedSite.StartAsync(folder, [.. hooks, .. plain, .. secure], SiteOf(hooks, plain, secure), output);

        Task[] drivers =
        [
            .. hooks.Select(lane => MeetAsync(site, lane, Course(HttpFaults, random), new Random(random.Next()))),
            .. plain.Concat(secure).Select(lane => MeetAsync(site, lane, Course(SyslogFaults, random), new Random(random.Next()))),
        ];
        await PostUntilAsync(site, Task.WhenAll(drivers));
        await site.RecoveredAsync(site.Accepted);

        // A fault of an answer can spoil the next one on the same connection too.
        int duplicates = await site.CheckAsync(static lane => lane.Receiver is HttpReceiver
            ? lane.Proxy.Fired.Values.Sum() * 2 * BatchSize
            : lane.Proxy.Accepted * (ReplayTail + (2 * BatchSize)));
        var fired = site.Lanes.SelectMany(lane => lane.Proxy.Fired).GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, group => group.Sum());
        Assert.Equal(Cases * site.Lanes.Count, fired.Values.Sum());
        Assert.Equal([.. HttpFaults.Order()], fired.Keys.Order());
        Figures.Record(
            "random faults of the network", fired.Values.Sum(), watch.Elapsed, Programme.SeedText,
            $"{string.Join(", ", fired.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}; {site.Accepted.Length} events to "
                + $"{site.Lanes.Count} destinations each, {duplicates} came twice, none was lost or made up");
    }

    private static string SiteOf(ProxiedLane[] hooks, ProxiedLane[] plain, ProxiedLane[] secure) => $$"""
          webhooks:
        {{Entries(hooks, port => $$"""type: webhook, endpoint: "http://127.0.0.1:{{port}}/in" """)}}
          siem:
        {{Entries(plain, port => $"type: syslog, server: \"127.0.0.1:{port}\", protocol: tcp")}}
        {{Entries(secure, port => $"type: syslog, server: \"127.0.0.1:{port}\", protocol: tls, tls: {{ ca_certificate_path: ./ca.pem }}")}}
          performance:
            retry_policy: { initial_delay_ms: 1, max_delay_ms: 20, max_attempts: 3 }
            circuit_breaker: { enabled: false }
        """;

    private static string Entries(IEnumerable<ProxiedLane> lanes, Func<int, string> settings) => string.Join('\n', lanes.Select(lane =>
        $"    {lane.Name}: {{ {settings(lane.Proxy.Port)}, batch_size: {BatchSize}, max_in_flight: 1, timeout_seconds: 1 }}"));

    /// <summary>Each kind in turn, from a random one on.</summary>
    private static IEnumerable<FaultKind> Course(FaultKind[] kinds, Random random)
    {
        int first = random.Next(kinds.Length);
        return Enumerable.Range(0, Cases).Select(step => kinds[(first + step) % kinds.Length]);
    }

    private static async Task MeetAsync(ProxiedSite site, ProxiedLane lane, IEnumerable<FaultKind> course, Random random)
    {
        foreach (FaultKind kind in course)
        {
            if (kind == FaultKind.Refused)
            {
                await lane.Proxy.RefuseUntilAsync(() => site.Host.UntilAsync(
                    async () => await site.Host.MetricAsync("audithost_destination_healthy", lane.Name) == 0, $"refused by {lane.Name}"));
                continue;
            }

            // A batch of one event is longer than this, and so is an answer.
            Fault fault = lane.Proxy.Arm(kind, random.Next(1, 150));
            try
            {
                await fault.Fired;
            }
            catch (TimeoutException)
            {
                Assert.Fail($"{lane.Name} did not meet {kind}.\n{site.Host.Log}");
            }

            // Nothing would show a syslog sender that its connection swallows everything.
            if (kind == FaultKind.BlackHole && lane.Proxy.IsOneWay)
                lane.Proxy.CutAll();
        }
    }

    private static async Task PostUntilAsync(ProxiedSite site, Task ended)
    {
        using var clock = new PeriodicTimer(PostInterval);
        while (!ended.IsCompleted)
        {
            await site.PostAsync(5);
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await ended;
    }
}
