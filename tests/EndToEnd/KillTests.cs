namespace AuditHost.EndToEnd;

/// <summary>A host killed at random moments under load loses nothing that it said it has.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Connections = 4;
    private const int BatchSize = 25;
    private const int ShortestLife = 20;
    private const int LongestLife = 500;

    private readonly SiteFolder _site = new();

    [Fact]
    public async Task Everything_accepted_arrives_everywhere_however_often_the_host_is_killed()
    {
        int kills = Programme.IsLong ? 500 : 50;
        Random random = Programme.Begin(output);
        var ledger = new Ledger(output);
        using var hook = new HttpReceiver();
        using var syslog = new SyslogReceiver();
        _site.WriteSite($$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              siem:
                relay: { type: syslog, server: "127.0.0.1:{{syslog.Port}}", protocol: tcp }
              webhooks:
                hook: { endpoint: "{{hook.Endpoint}}" }
            """);

        for (int kill = 0; kill < kills; kill++)
        {
            await using RunningHost host = await RunningHost.StartAsync(_site);
            Task load = ledger.LoadAsync(host, Connections, BatchSize);
            await Task.Delay(random.Next(ShortestLife, LongestLife), TestContext.Current.CancellationToken);
            await host.KillAsync();
            await load;
        }

        await using RunningHost last = await RunningHost.StartAsync(_site);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", destination) == 0, $"drained: {destination}");
        await syslog.Arrivals.AllAsync(ledger.Accepted);

        ledger.Check("archive", _site.Arrived("archive.jsonl"));
        ledger.Check("relay", syslog.Taken);
        ledger.Check("hook", hook.Taken);
        Assert.Empty(syslog.Corrupt);
        foreach (string destination in new[] { "archive", "relay", "hook" })
            await Books.AssertBalancedAsync(last, destination);
    }

    public void Dispose() => _site.Dispose();
}
