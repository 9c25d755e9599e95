using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults;

[Promise("G2", "G7", "G10")]
public sealed class DeadLetterPropertyTests
{
    /// <summary>The store's share of all sequences.</summary>
    private const double Share = 0.4;

    [Fact]
    public void Dead_letters_do_what_the_model_allows_whatever_the_disk_does() =>
        Properties.Check("Random sequences of steps and faults: dead letters against the model", Share, Run);

    private static void Run(Step[] steps, FaultTally tally)
    {
        ulong seed = (ulong)steps.Aggregate(17L, (sum, step) => (sum * 31) + step.Seed);
        var machine = new Machine(tally, new SimulatedDisk(seed, tally));
        var letters = new DeadLetterPart(machine, segmentBytes: seed % 2 == 0 ? 900 : 5000, firstNumber: 1 + (int)(seed % 1000));
        machine.Add(letters);
        machine.Start(powerCut: false);
        StepSequences.RunAll(machine, letters, steps);
    }
}
