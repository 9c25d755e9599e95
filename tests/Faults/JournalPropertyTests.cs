using AuditHost.Configuration.Options;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults;

[Promise("G1", "G2", "G3", "G6", "G10")]
public sealed class JournalPropertyTests
{
    /// <summary>The journal's share of all sequences.</summary>
    private const double Share = 0.6;

    [Fact]
    public void Journal_and_cursors_do_what_the_model_allows_whatever_the_disk_does() =>
        Properties.Check("Random sequences of steps and faults: journal and cursors against the model", Share, Run);

    private static void Run(Step[] steps, FaultTally tally)
    {
        // The first step decides about the sizes too: whether segments and the journal itself are small.
        ulong seed = (ulong)steps.Aggregate(17L, (sum, step) => (sum * 31) + step.Seed);
        var options = new JournalOptions
        {
            ReserveBytes = 0,
            TailBytes = 1,
            Retain = TimeSpan.FromMinutes(1),
            SegmentBytes = seed % 2 == 0 ? 700 : 4000,
            MaxBytes = seed % 8 == 0 ? 12_000 : 1 << 30,
        };
        var machine = new Machine(tally, new SimulatedDisk(seed, tally));
        var journal = new JournalPart(machine, options, firstNumber: 1 + (int)(seed % 1000));
        machine.Add(journal);
        machine.Start(powerCut: false);
        journal.OpenLane("siem");
        StepSequences.RunAll(machine, journal, steps);
    }
}
