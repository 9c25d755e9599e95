using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults;

/// <summary>The faults in a row that once cost a dead letter or brought one back, each one by itself.</summary>
[Promise("G2", "G7", "G10")]
public sealed class DeadLetterPowerCutTests
{
    private const int Seeds = 16;

    /// <summary>The failed group is cut off, which the kernel shows and the disk may not have: it then came back as letters nobody was promised.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Letters_that_failed_to_be_added_and_were_not_there_after_a_start_stay_away(bool killed) =>
        FailThenStartThenCutPower(letters => letters.Add(1), killed, duringStart: null);

    /// <summary>The same with a group that takes letters off the list: they were open after the start, and lost after the power cut.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Letters_that_failed_to_be_resolved_and_were_open_after_a_start_are_not_lost(bool killed) =>
        FailThenStartThenCutPower(letters => letters.Resolve(1), killed, duringStart: null);

    /// <summary>A sync that fails is never worth another one: what a start has to make durable it writes anew each time it is tried.</summary>
    [Theory]
    [InlineData(FaultKind.Eio)]
    [InlineData(FaultKind.CrashBefore)]
    [InlineData(FaultKind.CrashAfter)]
    public void Start_that_fails_while_it_secures_the_end_secures_it_the_next_time(FaultKind kind)
    {
        bool came = true;
        for (int at = 1; came; at++)
            came = FailThenStartThenCutPower(letters => letters.Resolve(1), killed: true, new Fault(kind, at, Sticky: false));
    }

    /// <returns>Whether the fault during the start came up in any of the starts.</returns>
    private static bool FailThenStartThenCutPower(Action<DeadLetterPart> act, bool killed, Fault? duringStart)
    {
        bool came = false;
        int operation = 0;
        for (bool failed = true; failed; operation++)
        {
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                var tally = new FaultTally();
                var machine = new Machine(tally, new SimulatedDisk(seed, tally));
                var letters = new DeadLetterPart(machine, segmentBytes: 5000);
                machine.Add(letters);
                machine.Start(powerCut: false);
                letters.Add(2);
                SimulatedDisk disk = machine.Disk;
                machine.Inject(FaultKind.Eio, operation, sticky: false);
                act(letters);
                failed = disk.FaultsFired > 0;
                machine.Repair();
                if (killed)
                    machine.Kill(seed, duringStart);
                else
                    machine.Reopen();
                came |= machine.StartMetError;
                machine.PowerCut(seed);
                letters.Finish();
                machine.Close();
            }
        }

        Assert.True(operation > 2, "The step does nothing on the disk.");
        return came;
    }
}
