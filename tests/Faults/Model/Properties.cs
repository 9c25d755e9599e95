using System.Diagnostics;
using System.Globalization;
using AuditHost.Faults.Disk;
using FsCheck;
using FsCheck.Fluent;

namespace AuditHost.Faults.Model;

/// <summary>Runs one property over many sequences, in a way that a failure can be run again.</summary>
internal static class Properties
{
    /// <summary>Below this many sequences a class of fault may stay away by chance.</summary>
    private const int EnoughForEveryFault = 2000;

    public static void Check(int sequences, Action<Step[], FaultTally> run, params FaultClass[] never)
    {
        var tally = new FaultTally();
        var runner = new SeedRunner();
        Config config = Config.Quick.WithMaxTest(sequences).WithRunner(runner).WithQuietOnSuccess(true);
        if (Settings.Seed is [ulong first, ulong second, .. var size])
            config = config.WithReplay(first, second, size is [ulong only] ? (int)only : 1).WithMaxTest(size.Length > 0 ? 1 : sequences);
        else if (Settings.Seed is [ulong whole])
            config = config.WithReplay(whole, 1);

        long start = Stopwatch.GetTimestamp();
        Prop.ForAll(StepSequences.Arbitrary, steps => run(steps, tally)).Check(config);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{sequences} sequences in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s. {tally}"));
        if (sequences >= EnoughForEveryFault && Settings.Seed.Length != 3)
            tally.AssertAllFired(never);
    }
}
