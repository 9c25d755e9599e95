using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace AuditHost.EndToEnd.Network;

/// <summary>A connection that is cut after any number of bytes costs a repetition, never an event, and never makes one up.</summary>
[Promise("G2", "G3", "G4")]
public sealed class CutPointTests(ITestOutputHelper output)
{
    private const int LastCutPoint = 4096;
    private const int Lanes = 64;

    /// <summary>Of a request that is longer than the last cut point.</summary>
    private const int RequestEvents = 36;

    /// <summary>Of a batch of syslog messages that is.</summary>
    private const int SyslogEvents = 20;

    private const int ReplayTail = 30;

    /// <summary>An answer of which half the cut points lie in the header and half in the body.</summary>
    private const int AnswerPadding = 2100;

    /// <summary>A failed round is followed by the next at once: it is the network that is on trial here, not patience.</summary>
    private const string Impatient = """
          performance:
            retry_policy: { initial_delay_ms: 1, max_delay_ms: 2, max_attempts: 3 }
            circuit_breaker: { enabled: false }
        """;

    /// <summary>The first cuts everywhere once, the others anywhere.</summary>
    private static int Passes => Programme.IsLong ? 100 : 1;

    [Fact]
    public Task Webhook_whose_request_is_cut_anywhere_gets_each_event_once() => RunAsync("requests of a webhook cut", async course =>
    {
        await using ProxiedSite site = await StartWebhooksAsync(padding: 0);
        int cuts = 0;
        foreach (int[] points in course.Rounds(LastCutPoint, Lanes))
        {
            Fault[] armed = [.. site.Lanes.Zip(points, (lane, point) => lane.Proxy.Arm(FaultKind.CutRequest, point))];
            string[] ids = await site.PostAsync(RequestEvents);
            await FiredAsync(armed);
            cuts += armed.Length;
            await site.ArrivedAsync(ids);
        }

        return (cuts, await CheckAsync(site, FaultKind.CutRequest, cuts, static _ => 0));
    });

    [Fact]
    public Task Webhook_whose_answer_is_cut_gets_events_twice_only_where_the_answer_could_not_be_understood() => RunAsync("answers of a webhook cut", async course =>
    {
        await using ProxiedSite site = await StartWebhooksAsync(AnswerPadding);
        List<(int Point, int Times)> times = [];
        foreach (int[] points in course.Rounds(LastCutPoint, Lanes))
        {
            Fault[] armed = [.. site.Lanes.Zip(points, (lane, point) => lane.Proxy.Arm(FaultKind.CutResponse, point))];
            string[] ids = await site.PostAsync(RequestEvents);
            await FiredAsync(armed);
            await site.ArrivedAsync(ids);
            await site.SettledAsync();
            times.AddRange(site.Lanes.Zip(points, (lane, point) => (point, ids.Max(id => lane.Arrivals.Counts[id]))));
        }

        int[] ordered = [.. times.OrderBy(cut => cut.Point).Select(cut => cut.Times)];
        Assert.Equal([2, 1], ordered.Distinct());
        Assert.Equal(ordered.OrderDescending(), ordered);
        return (times.Count, await CheckAsync(site, FaultKind.CutResponse, times.Count, static lane => lane.Proxy.Accepted * RequestEvents));
    });

    [Fact]
    public Task Syslog_over_tcp_that_is_cut_anywhere_loses_and_forges_nothing() => RunAsync("connections of syslog over TCP cut", async course =>
    {
        ProxiedLane[] lanes = [.. Enumerable.Range(0, Lanes).Select(number => ProxiedLane.Of($"lane{number}", new SyslogReceiver()))];
        var destinations = lanes.Select(lane =>
            $$"""    {{lane.Name}}: { type: syslog, server: "127.0.0.1:{{lane.Proxy.Port}}", protocol: tcp, replay_tail: {{ReplayTail}} }""");
        await using ProxiedSite site = await ProxiedSite.StartAsync(new SiteFolder(), lanes, $"  siem:\n{string.Join('\n', destinations)}\n{Impatient}", output);
        return await CutSyslogAsync(site, course, fromStart: false);
    });

    [Fact]
    public Task Syslog_over_tls_that_is_cut_anywhere_from_the_handshake_on_loses_and_forges_nothing() => RunAsync("connections of syslog over TLS cut", async course =>
    {
        using X509Certificate2 certificate = TestCertificate.Create();
        var folder = new SiteFolder();
        folder.Write("ca.pem", certificate.ExportCertificatePem());
        ProxiedLane[] lanes = [.. Enumerable.Range(0, Lanes).Select(number => ProxiedLane.Of($"lane{number}", new SyslogReceiver(certificate)))];
        var destinations = lanes.Select(lane =>
            $$"""    {{lane.Name}}: { type: syslog, server: "127.0.0.1:{{lane.Proxy.Port}}", protocol: tls, replay_tail: {{ReplayTail}}, tls: { ca_certificate_path: ./ca.pem } }""");
        await using ProxiedSite site = await ProxiedSite.StartAsync(folder, lanes, $"  siem:\n{string.Join('\n', destinations)}\n{Impatient}", output);
        return await CutSyslogAsync(site, course, fromStart: true);
    });

    private async Task RunAsync(string programme, Func<CutCourse, Task<(int Cuts, int Duplicates)>> pass)
    {
        var watch = Stopwatch.StartNew();
        var course = new CutCourse(Programme.Begin(output));
        long cuts = 0, duplicates = 0;
        for (int i = 0; i < Passes; i++)
        {
            course.IsRandom = i > 0;
            (int more, int twice) = await pass(course);
            cuts += more;
            duplicates += twice;
        }

        Figures.Record(programme, cuts, watch.Elapsed, detail: $"{duplicates} events came twice, none was lost or made up");
    }

    private Task<ProxiedSite> StartWebhooksAsync(int padding)
    {
        ProxiedLane[] lanes = [.. Enumerable.Range(0, Lanes).Select(number => ProxiedLane.Of($"lane{number}", new HttpReceiver { Padding = padding }))];
        var destinations = lanes.Select(lane => $$"""    {{lane.Name}}: { type: webhook, endpoint: "http://127.0.0.1:{{lane.Proxy.Port}}/in" }""");
        return ProxiedSite.StartAsync(new SiteFolder(), lanes, $"  webhooks:\n{string.Join('\n', destinations)}\n{Impatient}", output);
    }

    private static async Task<(int Cuts, int Duplicates)> CutSyslogAsync(ProxiedSite site, CutCourse course, bool fromStart)
    {
        int cuts = 0;
        foreach (int[] points in course.Rounds(LastCutPoint, Lanes))
        {
            Fault[] armed = [.. site.Lanes.Zip(points, (lane, point) => lane.Proxy.Arm(FaultKind.CutRequest, point, fromStart))];
            if (fromStart)
            {
                foreach (ProxiedLane lane in site.Lanes)
                    lane.Proxy.CutAll();
            }

            string[] ids = await site.PostAsync(SyslogEvents);
            await FiredAsync(armed);
            cuts += armed.Length;
            await site.RecoveredAsync(ids);
        }

        // Each new connection brings the tail again, whole batches of it, and what was under way.
        return (cuts, await CheckAsync(site, FaultKind.CutRequest, cuts, static lane => lane.Proxy.Accepted * (ReplayTail + (2 * SyslogEvents))));
    }

    private static Task FiredAsync(IEnumerable<Fault> armed) => Task.WhenAll(armed.Select(fault => fault.Fired));

    private static Task<int> CheckAsync(ProxiedSite site, FaultKind kind, int cuts, Func<ProxiedLane, int> mostDuplicates)
    {
        Assert.Equal(cuts, site.Lanes.Sum(lane => lane.Proxy.Fired[kind]));
        return site.CheckAsync(mostDuplicates);
    }
}
