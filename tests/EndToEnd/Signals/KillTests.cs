using System.Diagnostics;

namespace AuditHost.EndToEnd.Signals;

/// <summary>A host killed at random moments under load, and killed again and again while it recovers, loses nothing that it said it has.</summary>
[Promise("G1", "G2", "G4")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Chains = 2;
    private const int Rounds = 100;

    [Fact]
    public async Task Everything_accepted_arrives_everywhere_however_often_the_host_and_its_recovery_are_killed()
    {
        var watch = Stopwatch.StartNew();
        using var first = new KillChain(output, 1);
        using var second = new KillChain(output, 2);
        KillChain[] chains = [first, second];
        await Task.WhenAll(chains.Select(chain => chain.RunAsync(Programme.Times(Rounds))));

        int kills = chains.Sum(chain => chain.Kills);
        int duringStart = chains.Sum(chain => chain.DuringStart);
        Assert.Equal(Chains * Programme.Times(Rounds) * 5 / 2, kills);
        Assert.InRange(duringStart, kills / 10, kills);
        Figures.Record(
            "kills of the running host under load, 3 destinations", kills, watch.Elapsed, Programme.SeedText,
            $"{duringStart} during start and recovery, {Chains * Programme.Times(Rounds) / 2} recoveries killed {KillChain.Depth} times in a row, "
            + $"{chains.Sum(chain => chain.Accepted)} events accepted, 0 lost, {chains.Sum(chain => chain.Duplicates)} duplicates");
    }
}
