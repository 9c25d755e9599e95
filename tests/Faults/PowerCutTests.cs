using AuditHost.Configuration.Options;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults;

/// <summary>The power cuts that once cost something, each one by itself.</summary>
[Promise("G1", "G2", "G3", "G10")]
public sealed class PowerCutTests
{
    private const int Seeds = 8;
    private const string Siem = "siem";
    private const string Archive = "archive";

    [Fact]
    public void What_a_killed_process_left_is_durable_before_anything_is_built_on_it() =>
        AtEachOperation(_ => { }, journal => journal.Append(2), (machine, journal, seed) =>
        {
            machine.Kill(seed);
            journal.Append(1);
        });

    [Fact]
    public void Cursor_made_by_a_killed_process_outlives_a_power_cut() =>
        AtEachOperation(_ => { }, journal => journal.OpenLane(Archive), (machine, journal, seed) =>
        {
            machine.Kill(seed);
            journal.OpenLane(Archive);
            journal.Append(1);
        });

    [Fact]
    public void Cursor_of_a_killed_process_holds_nothing_safe_before_it_is_synced() =>
        AtEachOperation(DeliverTwice, journal => journal.Append(1), (machine, journal, seed) =>
        {
            machine.Kill(seed);
            journal.Run(new Step(StepKind.Retain, 0, 0));
        });

    [Fact]
    public void Power_cut_while_segments_are_deleted_leaves_no_hole() =>
        AtEachOperation(DeliverTwice, journal => journal.Run(new Step(StepKind.Retain, 0, 0)), (_, _, _) => { });

    [Fact]
    public void Failed_writes_of_a_cursor_never_cost_what_was_synced()
    {
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            (Machine machine, JournalPart journal) = Start(seed);
            journal.Append(4);
            journal.Deliver(Siem, 1);
            journal.Run(new Step(StepKind.Tick, 0, 0));
            machine.Inject(FaultKind.ShortWrite, 0, sticky: true);
            for (int write = 0; write < 3; write++)
                journal.Deliver(Siem, 1);
            Assert.Equal(2ul, journal.Model.Lanes[Siem].Durable);

            machine.Kill(seed);
            machine.PowerCut(seed);
            journal.Finish();
            machine.Close();
        }
    }

    [Theory]
    [InlineData(FaultKind.Eio, false)]
    [InlineData(FaultKind.Eio, true)]
    [InlineData(FaultKind.Enospc, false)]
    [InlineData(FaultKind.ShortWrite, false)]
    public void Cursor_that_could_not_be_made_can_be_tried_again(FaultKind kind, bool sticky)
    {
        for (int operation = 0; ; operation++)
        {
            (Machine machine, JournalPart journal) = Start(1);
            machine.Inject(kind, operation, sticky);
            journal.OpenLane(Archive);
            bool failed = !journal.Model.Lanes.ContainsKey(Archive);
            machine.Repair();
            journal.OpenLane(Archive);
            journal.Append(1);
            journal.Finish();
            machine.Close();
            if (!failed)
                break;
        }
    }

    /// <summary>The start takes the newer slot for the durable one, which it need not be, and its first write goes over the other one.</summary>
    [Theory]
    [InlineData(FaultKind.Eio)]
    [InlineData(FaultKind.ShortWrite)]
    public void Failed_write_after_a_kill_never_costs_the_slot_that_was_synced(FaultKind kind)
    {
        for (int operation = 1; operation < 24; operation++)
        {
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                (Machine machine, JournalPart journal) = Start(seed);
                journal.Append(4);
                journal.Deliver(Siem, 1);
                journal.Run(new Step(StepKind.Tick, 0, 0));
                journal.Deliver(Siem, 1);
                machine.Kill(seed, new Fault(kind, operation, Sticky: false));
                machine.PowerCut(seed);
                journal.Finish();
                machine.Close();
            }
        }
    }

    /// <summary>Goes down at each operation of a step in turn, and then loses power in several ways.</summary>
    private static void AtEachOperation(Action<JournalPart> before, Action<JournalPart> step, Action<Machine, JournalPart, ulong> after)
    {
        int operation = 0;
        for (bool down = true; down; operation++)
        {
            for (ulong seed = 0; seed < Seeds; seed++)
            {
                (Machine machine, JournalPart journal) = Start(seed);
                before(journal);
                machine.Inject(FaultKind.CrashBefore, operation, sticky: false);
                step(journal);
                down = machine.Disk.IsDown;
                if (!down)
                    machine.Repair();
                after(machine, journal, seed);
                machine.PowerCut(seed);
                journal.Finish();
                machine.Close();
            }
        }

        Assert.True(operation > 2, "The step does nothing on the disk.");
    }

    private static void DeliverTwice(JournalPart journal)
    {
        for (int group = 0; group < 4; group++)
        {
            journal.Append(4);
            journal.Deliver(Siem, 2);
            journal.Deliver(Siem, 2);
        }
    }

    private static (Machine Machine, JournalPart Journal) Start(ulong seed)
    {
        var tally = new FaultTally();
        var machine = new Machine(tally, new SimulatedDisk(seed, tally));
        var options = new JournalOptions { ReserveBytes = 0, TailBytes = 1, Retain = TimeSpan.FromMinutes(1), SegmentBytes = 600 };
        var journal = new JournalPart(machine, options);
        machine.Add(journal);
        machine.Start(powerCut: false);
        journal.OpenLane(Siem);
        return (machine, journal);
    }
}
