using System.Security.Cryptography.X509Certificates;

namespace AuditHost.EndToEnd.Network;

/// <summary>A connection that is cut after any number of bytes costs a repetition, never an event, and never makes one up.</summary>
public sealed class CutPointTests(ITestOutputHelper output) : IDisposable
{
    private const int LastCutPoint = 4096;

    /// <summary>Of a batch that is longer than the last cut point.</summary>
    private const int BatchSize = 40;

    private const int ReplayTail = 100;

    /// <summary>An answer of which half the cut points lie in the header and half in the body.</summary>
    private const int AnswerPadding = 2100;

    private static readonly TimeSpan NudgeInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>A failed round is followed by the next at once: it is the network that is on trial here, not patience.</summary>
    private const string Impatient = """
          performance:
            retry_policy: { initial_delay_ms: 1, max_delay_ms: 2, max_attempts: 3 }
            circuit_breaker: { enabled: false }
        """;

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);

    private static IEnumerable<int> CutPoints => Enumerable.Range(1, LastCutPoint).Where(point => Programme.IsLong || point % 16 == 0);

    [Fact]
    public async Task Webhook_whose_request_is_cut_anywhere_gets_each_event_once()
    {
        using var hook = new HttpReceiver();
        using var proxy = new ChaosProxy(hook.Port);
        await using RunningHost host = await StartAsync($$"""  webhooks: { receiver: { endpoint: "http://127.0.0.1:{{proxy.Port}}/in" } }""");

        foreach (int point in CutPoints)
            await DeliverOverCutAsync(host, proxy, FaultKind.CutRequest, point, hook.Arrivals);

        await CheckAsync(host, hook.Taken, proxy, FaultKind.CutRequest, mostDuplicates: 0);
    }

    [Fact]
    public async Task Webhook_whose_answer_is_cut_gets_events_twice_only_where_the_answer_could_not_be_understood()
    {
        using var hook = new HttpReceiver { Padding = AnswerPadding };
        using var proxy = new ChaosProxy(hook.Port);
        await using RunningHost host = await StartAsync($$"""  webhooks: { receiver: { endpoint: "http://127.0.0.1:{{proxy.Port}}/in" } }""");

        List<string[]> batches = [];
        foreach (int point in CutPoints)
        {
            batches.Add(await DeliverOverCutAsync(host, proxy, FaultKind.CutResponse, point, hook.Arrivals));
            await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", "receiver") == 0, "settled");
        }

        await CheckAsync(host, hook.Taken, proxy, FaultKind.CutResponse, mostDuplicates: batches.Count * BatchSize);
        int[] times = [.. batches.Select(batch => batch.Max(id => hook.Taken[id]))];
        Assert.Equal([2, 1], times.Distinct());
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Syslog_over_tcp_that_is_cut_anywhere_loses_and_forges_nothing()
    {
        using var syslog = new SyslogReceiver();
        using var proxy = new ChaosProxy(syslog.Port);
        await using RunningHost host = await StartAsync(
            $$"""  siem: { receiver: { type: syslog, server: "127.0.0.1:{{proxy.Port}}", protocol: tcp, replay_tail: {{ReplayTail}} } }""");

        foreach (int point in CutPoints)
            await RecoverAsync(host, await CutAsync(host, proxy, point, fromStart: false), syslog);

        await CheckAsync(host, syslog, proxy);
    }

    [Fact]
    public async Task Syslog_over_tls_that_is_cut_anywhere_from_the_handshake_on_loses_and_forges_nothing()
    {
        using X509Certificate2 certificate = TestCertificate.Create();
        _site.Write("ca.pem", certificate.ExportCertificatePem());
        using var syslog = new SyslogReceiver(certificate);
        using var proxy = new ChaosProxy(syslog.Port);
        await using RunningHost host = await StartAsync(
            $$"""
              siem:
                receiver:
                  { type: syslog, server: "127.0.0.1:{{proxy.Port}}", protocol: tls, replay_tail: {{ReplayTail}}, tls: { ca_certificate_path: ./ca.pem } }
            """);

        foreach (int point in CutPoints)
            await RecoverAsync(host, await CutAsync(host, proxy, point, fromStart: true), syslog);

        await CheckAsync(host, syslog, proxy);
    }

    public void Dispose() => _site.Dispose();

    private Task<RunningHost> StartAsync(string destinations)
    {
        _site.WriteSite($"{destinations}\n{Impatient}");
        return RunningHost.StartAsync(_site);
    }

    private async Task<string[]> DeliverOverCutAsync(RunningHost host, ChaosProxy proxy, FaultKind kind, int point, Arrivals arrivals)
    {
        Fault cut = proxy.Arm(kind, point);
        string[] ids = await _ledger.PostAsync(host, BatchSize);
        await cut.Fired;
        await arrivals.AllAsync(ids);
        return ids;
    }

    private async Task<string[]> CutAsync(RunningHost host, ChaosProxy proxy, int point, bool fromStart)
    {
        Fault cut = proxy.Arm(FaultKind.CutRequest, point, fromStart);
        if (fromStart)
            proxy.CutAll();
        string[] ids = await _ledger.PostAsync(host, BatchSize);
        await cut.Fired;
        return ids;
    }

    /// <summary>
    /// Posts event by event until everything has arrived. Syslog acknowledges nothing: a loss is mended with the batch that follows it, and
    /// one that was under way when the loss showed may need another to follow.
    /// </summary>
    private async Task RecoverAsync(RunningHost host, string[] ids, SyslogReceiver syslog)
    {
        Task arrived;
        do
        {
            ids = [.. ids, .. await _ledger.PostAsync(host, 1)];
            arrived = syslog.Arrivals.AllAsync(ids);
        }
        while (await Task.WhenAny(arrived, Task.Delay(NudgeInterval, TestContext.Current.CancellationToken)) != arrived);
        await arrived;
    }

    /// <summary>Each new connection brings the tail again, whole batches of it, and what was under way.</summary>
    private async Task CheckAsync(RunningHost host, SyslogReceiver syslog, ChaosProxy proxy)
    {
        await CheckAsync(host, syslog.Taken, proxy, FaultKind.CutRequest, mostDuplicates: proxy.Accepted * (ReplayTail + (2 * BatchSize)));
        output.WriteLine($"{syslog.Torn} messages torn and not taken for events, {proxy.Accepted} connections");
        Assert.Empty(syslog.Corrupt);
    }

    private async Task CheckAsync(RunningHost host, IReadOnlyDictionary<string, int> taken, ChaosProxy proxy, FaultKind kind, int mostDuplicates)
    {
        await host.UntilAsync(async () => await host.MetricAsync("audithost_events_buffered", "receiver") == 0, "drained");
        output.WriteLine($"{proxy.Fired[kind]} cuts");
        Assert.Equal(CutPoints.Count(), proxy.Fired[kind]);
        _ledger.Check("receiver", taken, mostDuplicates);
        await Books.AssertBalancedAsync(host, "receiver");
        Assert.Equal(0, await host.MetricAsync("audithost_events_dead_lettered", "receiver"));
    }
}
