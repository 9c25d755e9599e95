using System.Net;

namespace AuditHost.EndToEnd.Space;

/// <summary>
/// A host whose data lie on a small volume, which fills up while a destination is away and drains when it is back: again and again, at
/// times without a byte or an inode left, and at times killed then.
/// </summary>
internal sealed class VolumeChain : IDisposable
{
    private const int BatchSize = 250;
    private const int CyclesPerKill = 4;

    private readonly SiteFolder _site = new();
    private readonly DestinationTrio _trio;
    private readonly SmallVolume? _volume;
    private int _kills;

    public VolumeChain(ITestOutputHelper output, int mebibytes, int inodes = 0)
    {
        _trio = new DestinationTrio(_site, output, "  journal: { max_bytes: 64MiB, segment_bytes: 64KiB, reserve_bytes: 2MiB, retain: 0s }");
        _volume = SmallVolume.Mount(_site, "data", mebibytes, inodes);
    }

    public int Accepted => _trio.Ledger.Accepted.Length;

    public int Squeezed { get; private set; }

    /// <param name="cycles">How often the volume fills up.</param>
    /// <param name="whenEmpty">What befalls the volume in every second cycle, before the host has taken what it can.</param>
    /// <param name="whenFull">The same, after that.</param>
    public async Task RunAsync(int cycles, Action<SmallVolume>? whenEmpty = null, Action<SmallVolume>? whenFull = null)
    {
        if (_volume is null)
            Assert.Skip("A small file system cannot be mounted here; that needs root.");
        RunningHost host = await StartAsync();
        try
        {
            for (int cycle = 1; cycle <= cycles; cycle++)
            {
                _trio.Refusal = (int)HttpStatusCode.ServiceUnavailable;
                bool squeezed = cycle % 2 == 0;
                if (squeezed)
                    whenEmpty?.Invoke(_volume);
                await FillAsync(host);
                if (squeezed)
                {
                    whenFull?.Invoke(_volume);
                    Squeezed++;
                }

                if (cycle % CyclesPerKill == 0)
                {
                    await host.DisposeAsync();
                    _kills++;
                    host = await StartAsync();
                }

                _trio.Refusal = null;
                await host.UntilAsync(async () => await host.BufferedAsync() == 0, $"drained in cycle {cycle}");
                _volume.GiveBack();
                await host.UntilAsync(async () => (await _trio.Ledger.PostAsync(host, 1)).Length > 0, $"taking events again in cycle {cycle}");
            }

            await _trio.CheckAsync(host, _kills);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _volume?.Dispose();
        _trio.Dispose();
        _site.Dispose();
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync(_site, environment: QuickStart.Environment);

    private async Task FillAsync(RunningHost host)
    {
        while ((await _trio.Ledger.PostAsync(host, BatchSize)).Length > 0)
            ;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _trio.Ledger.LastStatus);
    }
}
