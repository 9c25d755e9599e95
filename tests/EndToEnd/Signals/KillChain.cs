using System.Diagnostics;

namespace AuditHost.EndToEnd.Signals;

/// <summary>One data directory over many lives of a host, each of them ended by SIGKILL.</summary>
internal sealed class KillChain : IDisposable
{
    /// <summary>How often a recovery is killed before it may come to its end.</summary>
    public const int Depth = 3;

    private const int Connections = 2;
    private const int BatchSize = 25;
    private const int RoundsPerCheck = 25;
    private const int LongestLife = 60;

    /// <summary>One host in so many is under load for the first time when its end comes near; the others have accepted something before.</summary>
    private const int WarmRounds = 4;

    /// <summary>A start that is to be killed lives up to so many times as long as a start takes: some are killed in the first moments after it.</summary>
    private const double LongestStart = 1.1;

    private readonly SiteFolder _site = new();
    private readonly Random _random;
    private readonly DestinationTrio _trio;
    private TimeSpan _start;

    public KillChain(ITestOutputHelper output, int chain)
    {
        _random = Programme.Begin(output, chain);
        _trio = new DestinationTrio(_site, output);
    }

    public int Kills { get; private set; }

    /// <summary>How many of them came before the host took events.</summary>
    public int DuringStart { get; private set; }

    public int Accepted => _trio.Ledger.Accepted.Length;

    public int Duplicates { get; private set; }

    /// <summary>Kills a host under load once a round, and its recovery several times in every second one.</summary>
    public async Task RunAsync(int rounds)
    {
        for (int round = 1; round <= rounds; round++)
        {
            await KillUnderLoadAsync(warm: round % WarmRounds != 0);
            for (int kill = 0; round % 2 == 0 && kill < Depth; kill++)
                await KillStartAsync();
            if (round % RoundsPerCheck == 0 || round == rounds)
                Duplicates = await _trio.CheckAsync(crashes: Kills);
        }
    }

    public void Dispose()
    {
        _trio.Dispose();
        _site.Dispose();
    }

    private async Task KillUnderLoadAsync(bool warm)
    {
        var watch = Stopwatch.StartNew();
        await using RunningHost host = await RunningHost.StartAsync(_site, environment: QuickStart.Environment);
        _start = watch.Elapsed;
        if (warm)
            await _trio.Ledger.PostAsync(host, 1);
        Task load = _trio.Ledger.LoadAsync(host, Connections, BatchSize);
        await Task.Delay(_random.Next(LongestLife), TestContext.Current.CancellationToken);
        await host.KillAsync();
        await load;
        Kills++;
    }

    private async Task KillStartAsync()
    {
        await using RunningHost recovering = RunningHost.Launch(_site, environment: QuickStart.Environment);
        await Task.Delay(_start * LongestStart * _random.NextDouble(), TestContext.Current.CancellationToken);
        await recovering.KillAsync();
        Kills++;
        DuringStart += recovering.Log.Contains(" is up, ", StringComparison.Ordinal) ? 0 : 1;
    }
}
