using System.Diagnostics;

namespace AuditHost.EndToEnd.Network;

/// <summary>A host with many destinations, each behind a proxy of its own, so that many connections meet their faults at the same time.</summary>
internal sealed class ProxiedSite : IAsyncDisposable
{
    private static readonly TimeSpan NudgeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Many times what the longest back-off of a lane takes: without an end a lane that never recovers would hang the run.</summary>
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromMinutes(3);

    private readonly SiteFolder _folder;
    private readonly Ledger _ledger;

    private ProxiedSite(SiteFolder folder, IReadOnlyList<ProxiedLane> lanes, RunningHost host, ITestOutputHelper output)
    {
        _folder = folder;
        _ledger = new Ledger(output);
        Lanes = lanes;
        Host = host;
    }

    public IReadOnlyList<ProxiedLane> Lanes { get; }

    public RunningHost Host { get; }

    public string[] Accepted => _ledger.Accepted;

    /// <param name="folder">The site's, which goes with it.</param>
    /// <param name="lanes">Its destinations.</param>
    /// <param name="destinations">The sections of the site file that name them.</param>
    /// <param name="output">The test's.</param>
    public static async Task<ProxiedSite> StartAsync(SiteFolder folder, IReadOnlyList<ProxiedLane> lanes, string destinations, ITestOutputHelper output)
    {
        folder.WriteSite(destinations);
        return new ProxiedSite(folder, lanes, await RunningHost.StartAsync(folder), output);
    }

    /// <returns>The ids of the events, which the host has accepted.</returns>
    public async Task<string[]> PostAsync(int count)
    {
        string[] ids = await _ledger.PostAsync(Host, count);
        Assert.Equal(count, ids.Length);
        return ids;
    }

    public Task ArrivedAsync(string[] ids) => Task.WhenAll(Lanes.Select(lane => lane.Arrivals.AllAsync(ids)));

    public Task SettledAsync() => Host.UntilAsync(async () => await Host.BufferedAsync() == 0, "settled");

    /// <summary>
    /// Posts event by event until everything has arrived. Syslog acknowledges nothing: a loss is mended with the batch that follows it, and
    /// one that was under way when the loss showed may need another to follow.
    /// </summary>
    public async Task RecoveredAsync(string[] ids)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(watch.Elapsed < RecoveryPatience, $"Not recovered within {RecoveryPatience.TotalMinutes:0} minutes.\n{Host.Log}");
            ids = [.. ids, .. await PostAsync(1)];
            using var nudging = new CancellationTokenSource();
            Task arrived = Task.WhenAll(Lanes.Select(lane => lane.Arrivals.WaitAsync(ids, nudging.Token)));
            if (await Task.WhenAny(arrived, Task.Delay(NudgeInterval, TestContext.Current.CancellationToken)) == arrived)
            {
                await arrived;
                return;
            }

            await nudging.CancelAsync();
            await arrived.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Everything accepted is at every destination, nothing else is, none died, and the books balance.</summary>
    /// <param name="mostDuplicates">How many a lane may have.</param>
    /// <returns>How many duplicates there were.</returns>
    public async Task<int> CheckAsync(Func<ProxiedLane, int> mostDuplicates)
    {
        await SettledAsync();
        int duplicates = 0;
        foreach (ProxiedLane lane in Lanes)
        {
            duplicates += _ledger.Check(lane.Name, lane.Arrivals.Counts, mostDuplicates(lane));
            await Books.AssertBalancedAsync(Host, lane.Name);
            Assert.Equal(0, await Host.MetricAsync("audithost_events_dead_lettered", lane.Name));
            if (lane.Receiver is SyslogReceiver syslog)
                Assert.Empty(syslog.Corrupt);
        }

        return duplicates;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        foreach (ProxiedLane lane in Lanes)
            lane.Dispose();
        _folder.Dispose();
    }
}
