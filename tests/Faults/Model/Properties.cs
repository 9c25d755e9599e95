using System.Diagnostics;
using AuditHost.Faults.Disk;
using FsCheck;
using FsCheck.Fluent;

namespace AuditHost.Faults.Model;

/// <summary>Runs one property over many sequences, in a way that a failure can be run again.</summary>
internal static class Properties
{
    /// <summary>Below this many sequences a class of fault may stay away by chance.</summary>
    private const int EnoughForEveryFault = 2000;

    /// <param name="programme">What is run, in the words of a figure.</param>
    /// <param name="share">The part of all sequences that is its own.</param>
    /// <param name="run">Runs one sequence.</param>
    public static void Check(string programme, double share, Action<Step[], FaultTally> run)
    {
        ulong[] seed = Settings.Seed;
        bool once = seed.Length > 1;
        int sequences = once ? 1 : (int)(Settings.Sequences * share);

        Config config = Config.Quick.WithRunner(new SeedRunner()).WithQuietOnSuccess(true).WithMaxTest(sequences);
        if (once)
        {
            config = config.WithReplay(seed[0], seed[1], seed is [_, _, var size] ? (int)size : 1);
        }
        else
        {
            // Numbers that follow each other would otherwise begin runs that are the same but for a sequence.
            var mixed = new SeededRandom(seed[0]);
            config = config.WithReplay(mixed.Next(), mixed.Next() | 1);
        }

        var tally = new FaultTally();
        var counts = new SequenceCounts();
        long start = Stopwatch.GetTimestamp();
        Prop.ForAll(StepSequences.Arbitrary, steps =>
        {
            long before = tally.Faults;
            run(steps, tally);
            counts.Count(steps, tally.Faults > before + 1);
        }).Check(config);
        Figures.Record(
            programme, counts.Sequences, Stopwatch.GetElapsedTime(start), string.Join(",", seed), $"{counts.Describe(tally.Faults)}. {tally}");
        if (once)
            return;
        Assert.Equal(sequences, counts.Distinct);
        if (sequences >= EnoughForEveryFault)
            tally.AssertAllFired(FaultClass.PhantomWrite);
    }
}
