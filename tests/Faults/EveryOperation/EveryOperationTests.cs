using System.Diagnostics;
using System.Globalization;
using AuditHost.Faults.Disk;
using AuditHost.Faults.Model;

namespace AuditHost.Faults.EveryOperation;

/// <summary>Every operation of the scenario fails in every way it can, once and from there on, and the machine goes down after it.</summary>
public sealed class EveryOperationTests
{
    private const ulong Seed = 11;

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

    [Theory]
    [InlineData(FaultKind.CrashBefore, true)]
    [InlineData(FaultKind.CrashBefore, false)]
    [InlineData(FaultKind.CrashAfter, true)]
    [InlineData(FaultKind.CrashAfter, false)]
    public void Nothing_accepted_is_lost_when_machine_or_process_goes_down_at_an_operation(FaultKind kind, bool powerCut)
    {
        FaultClass[] others = [.. Enum.GetValues<FaultClass>().Where(fault => fault is not (FaultClass.PowerCut or FaultClass.CreationLost or FaultClass.WriteLost))];
        ForEach(kind, sticky: false, others, scenario =>
        {
            scenario.Run(machine =>
            {
                if (powerCut)
                    machine.PowerCut((ulong)scenario.Disk.Operations);
                else
                    machine.Kill(Seed);
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

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} of {trace.Count} operations in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s. {tally}"));
        Assert.True(runs > 0);
        tally.AssertAllFired(notAsked);
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
