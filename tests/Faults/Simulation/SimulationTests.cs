using System.Diagnostics;
using System.Globalization;

namespace AuditHost.Faults.Simulation;

[Promise("G1", "G2", "G3", "G4", "G5", "G6", "G7", "G9", "G10", "G12", "G15", "G20")]
public sealed class SimulationTests
{
    private const int LongFactor = 100;
    private const int FirstSeed = 1;
    private const int DeterminismSeeds = 200;

    /// <summary>Below this many seeds something may stay away by chance.</summary>
    private const int EnoughForEverything = 2000;

    [Fact]
    public void Nothing_is_lost_whatever_befalls_the_host_its_disk_and_its_destinations()
    {
        var run = new SimulationRun();
        if (Seed is { } only)
        {
            run.Take(only, full: true);
            return;
        }

        int seeds = Seeds();
        long start = Stopwatch.GetTimestamp();
        run.Take(FirstSeed, seeds);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        if (seeds >= EnoughForEverything)
            run.Tally.AssertAllSeen();
        Figures.Record("whole hosts in simulation", seeds, duration, FirstSeed.ToString(CultureInfo.InvariantCulture), run.Detail);
    }

    [Fact]
    public void Seed_run_twice_does_the_same_to_the_last_turn()
    {
        var run = new SimulationRun();
        long start = Stopwatch.GetTimestamp();
        for (ulong seed = 1; seed <= DeterminismSeeds; seed++)
            Assert.Equal(run.Take(seed), run.Take(seed));
        Figures.Record("seeds of the simulation run twice", DeterminismSeeds, Stopwatch.GetElapsedTime(start), detail: run.Detail);
    }

    private static ulong? Seed { get; } =
        Environment.GetEnvironmentVariable("AUDITHOST_SIMULATION_SEED") is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;

    private static int Seeds()
    {
        int usual = Environment.GetEnvironmentVariable("AUDITHOST_SIMULATION_SEEDS") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : 20_000;
        return usual * (Environment.GetEnvironmentVariable("AUDITHOST_LONG_TESTS") == "1" ? LongFactor : 1);
    }
}
