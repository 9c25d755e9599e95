namespace AuditHost.EndToEnd.Signals;

/// <summary>A host killed under load, and killed again and again while it recovers, loses nothing that it said it has.</summary>
public sealed class RecoveryKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Depth = 3;
    private const int Connections = 4;
    private const int BatchSize = 25;
    private const int LongestLife = 300;

    /// <summary>A start takes about half as long, so that many kills meet it and some the first moments after.</summary>
    private const int LongestStart = 700;

    private readonly SiteFolder _site = new();
    private readonly Ledger _ledger = new(output);

    [Fact]
    public async Task Everything_accepted_arrives_however_often_the_recovery_itself_is_killed()
    {
        int cycles = Programme.IsLong ? 100 : 8;
        Random random = Programme.Begin(output);
        using var hook = new HttpReceiver();
        _site.WriteSite(
            $$"""
              log_aggregation:
                archive: { type: file, format: jsonl, path: ./archive.jsonl }
              webhooks:
                hook: { endpoint: "{{hook.Endpoint}}" }
            """,
            host: "  journal: { segment_bytes: 256KiB }");
        int duringStart = 0;

        for (int cycle = 0; cycle < cycles; cycle++)
        {
            await using (RunningHost host = await RunningHost.StartAsync(_site))
            {
                Task load = _ledger.LoadAsync(host, Connections, BatchSize);
                await Task.Delay(random.Next(LongestLife), TestContext.Current.CancellationToken);
                await host.KillAsync();
                await load;
            }

            for (int kill = 0; kill < Depth; kill++)
            {
                await using RunningHost recovering = RunningHost.Launch(_site);
                await Task.Delay(random.Next(LongestStart), TestContext.Current.CancellationToken);
                await recovering.KillAsync();
                duringStart += recovering.Log.Contains(" is up, ", StringComparison.Ordinal) ? 0 : 1;
            }
        }

        output.WriteLine($"{duringStart} of {cycles * Depth} kills before the host was up");
        Assert.NotEqual(0, duringStart);
        await using RunningHost last = await RunningHost.StartAsync(_site);
        foreach (string destination in new[] { "archive", "hook" })
            await last.UntilAsync(async () => await last.MetricAsync("audithost_events_buffered", destination) == 0, $"drained: {destination}");
        _ledger.Check("archive", _site.Arrived("archive.jsonl"));
        _ledger.Check("hook", hook.Taken);
        foreach (string destination in new[] { "archive", "hook" })
            await Books.AssertBalancedAsync(last, destination);
    }

    public void Dispose() => _site.Dispose();
}
