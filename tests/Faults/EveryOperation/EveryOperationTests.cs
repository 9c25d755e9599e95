using System.Diagnostics;
using System.Globalization;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults.EveryOperation;

/// <summary>Every operation of the scenario fails in every way it can, once and from there on, and the machine goes down after it.</summary>
[Promise("G1", "G2", "G3", "G6", "G7", "G10")]
public sealed class EveryOperationTests
{
    private const ulong Seed = 11;

    /// <summary>A start after a crash goes down again at one of its first operations.</summary>
    private const int OperationsOfAStart = 24;

    [Fact]
    public void Scenario_touches_every_kind_of_operation()
    {
        List<(DiskOperation Operation, bool Grows)> trace = Record(new FaultTally());

        Assert.Equal(Enum.GetValues<DiskOperation>(), trace.Select(item => item.Operation).Distinct().Order());
        Assert.Equal(trace, Record(new FaultTally()));
    }

    [Theory]
    [InlineData(FaultKind.Eio, false)]
    [InlineData(FaultKind.Eio, true)]
    [InlineData(FaultKind.Enospc, false)]
    [InlineData(FaultKind.Enospc, true)]
    [InlineData(FaultKind.Edquot, false)]
    [InlineData(FaultKind.Edquot, true)]
    [InlineData(FaultKind.ShortWrite, false)]
    [InlineData(FaultKind.ShortWrite, true)]
    [InlineData(FaultKind.LyingSync, false)]
    [InlineData(FaultKind.LyingSync, true)]
    public void Nothing_accepted_is_lost_when_an_operation_fails_and_power_does_after_it(FaultKind kind, bool sticky)
    {
        FaultClass[] others = [.. Enum.GetValues<FaultClass>().Where(fault => fault is not (FaultClass.PowerCut or FaultClass.ProcessKilled))];
        ForEach(kind, sticky, others, scenario =>
        {
            scenario.Run(_ => { });

            // Once with what the kernel still shows, then with what the disk has.
            scenario.Machine.Kill(Seed);
            scenario.Machine.PowerCut(Seed);
        });
    }

    [Fact]
    public void What_a_write_took_that_never_happened_is_noticed_and_all_else_is_there()
    {
        FaultClass[] others = [.. Enum.GetValues<FaultClass>().Where(fault => fault is not FaultClass.ProcessKilled)];
        ForEach(FaultKind.PhantomWrite, sticky: false, others, scenario =>
        {
            scenario.Run(_ => { });
            scenario.Machine.Kill(Seed);
        });
    }

    [Theory]
    [InlineData(FaultKind.CrashBefore, true, false)]
    [InlineData(FaultKind.CrashBefore, true, true)]
    [InlineData(FaultKind.CrashBefore, false, false)]
    [InlineData(FaultKind.CrashBefore, false, true)]
    [InlineData(FaultKind.CrashAfter, true, false)]
    [InlineData(FaultKind.CrashAfter, true, true)]
    [InlineData(FaultKind.CrashAfter, false, false)]
    [InlineData(FaultKind.CrashAfter, false, true)]
    public void Nothing_accepted_is_lost_when_machine_or_process_goes_down_at_an_operation(FaultKind kind, bool powerCut, bool again)
    {
        FaultClass[] others = [.. Enum.GetValues<FaultClass>().Where(fault => fault is not (FaultClass.PowerCut or FaultClass.CreationLost or FaultClass.WriteLost))];
        ForEach(kind, sticky: false, others, scenario =>
        {
            scenario.Run(machine =>
            {
                Fault? next = again ? new Fault(kind, 1 + (scenario.Disk.Operations % OperationsOfAStart), Sticky: false) : null;
                if (powerCut)
                    machine.PowerCut((ulong)scenario.Disk.Operations, next);
                else
                    machine.Kill(Seed, next);
            });
            scenario.Machine.PowerCut(Seed + (ulong)scenario.Disk.Operations);
        });
    }

    private static void ForEach(FaultKind kind, bool sticky, FaultClass[] notAsked, Action<Scenario> run)
    {
        var tally = new FaultTally();
        List<(DiskOperation Operation, bool Grows)> trace = Record(tally);
        long start = Stopwatch.GetTimestamp();
        int runs = 0;
        for (int at = 1; at <= trace.Count; at++)
        {
            var fault = new Fault(kind, at, sticky);
            if (!fault.AppliesTo(trace[at - 1].Operation, trace[at - 1].Grows))
                continue;
            runs++;
            var scenario = new Scenario(tally, (ulong)at);
            try
            {
                scenario.Machine.Inject(kind, at - 1, sticky);
                run(scenario);
                scenario.Finish();
                Assert.True(scenario.Disk.FaultsFired > 0, "The fault never came up.");
            }
            catch (Exception exception)
            {
                throw new ModelViolationException($"Operation {at} ({trace[at - 1].Operation}), {kind}: {exception.Message}", exception);
            }
        }

        Assert.True(runs > 0);
        tally.AssertAllFired(notAsked);
        Programme.Add(runs, trace.Count, Stopwatch.GetElapsedTime(start), string.Create(CultureInfo.InvariantCulture, $"{kind}{(sticky ? " from there on" : "")}"));
    }

    private static List<(DiskOperation Operation, bool Grows)> Record(FaultTally tally)
    {
        var scenario = new Scenario(tally, Seed);
        scenario.Run(_ => Assert.Fail("Nothing brings this machine down."));
        List<(DiskOperation Operation, bool Grows)> trace = [.. scenario.Disk.Trace!];
        scenario.Finish();
        return trace;
    }
}
