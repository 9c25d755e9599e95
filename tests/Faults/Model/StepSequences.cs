using AuditHost.Faults.Disk;
using FsCheck;
using FsCheck.Fluent;

namespace AuditHost.Faults.Model;

/// <summary>Random sequences of steps. Most are short: what a long one finds, many short ones find sooner. A few are long: what only builds up needs them.</summary>
internal static class StepSequences
{
    private const int Shortest = 3;
    private const int Short = 14;
    private const int Middling = 60;
    private const int Longest = 200;
    private const int LargestSeed = 1 << 20;

    /// <summary>All but writes that never happen: after one of those nothing can be said but that it is noticed, and that is a test of its own.</summary>
    private static readonly FaultKind[] Kinds = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.PhantomWrite)];

    private static readonly Gen<Step> AnyStep =
        from kind in Gen.Frequency(
            (8, Gen.Constant(StepKind.Append)),
            (7, Gen.Constant(StepKind.Deliver)),
            (2, Gen.Constant(StepKind.Tick)),
            (2, Gen.Constant(StepKind.Retain)),
            (2, Gen.Constant(StepKind.OpenLane)),
            (1, Gen.Constant(StepKind.Reopen)),
            (1, Gen.Constant(StepKind.Kill)),
            (2, Gen.Constant(StepKind.PowerCut)),
            (3, Gen.Constant(StepKind.Fault)),
            (1, Gen.Constant(StepKind.Repair)))
        from choice in Gen.Choose(0, 255)
        from seed in Gen.Choose(0, LargestSeed)
        select new Step(kind, choice, seed);

    private static readonly Gen<int> AnyLength = Gen.Frequency(
        (88, Gen.Choose(Shortest, Short)), (9, Gen.Choose(Short + 1, Middling)), (3, Gen.Choose(Middling + 1, Longest)));

    public static Arbitrary<Step[]> Arbitrary { get; } = Arb.From(AnyLength.SelectMany(length => Gen.ArrayOf(AnyStep, length)), Shorter);

    /// <summary>
    /// Runs a sequence to its end: on a sound disk everything comes out that was held back, and a last power cut costs nothing of it.
    /// </summary>
    public static void RunAll(Machine machine, IMachinePart part, Step[] steps)
    {
        foreach (Step step in steps)
        {
            Run(machine, part, step);
            if (machine.IsOver)
                break;
        }

        if (!machine.IsOver)
        {
            machine.Repair();
            part.Finish();
            machine.PowerCut((ulong)steps.Length);
        }

        machine.Close();
    }

    /// <summary>Runs a step on the machine; what concerns its parts goes to one of them.</summary>
    public static void Run(Machine machine, IMachinePart part, in Step step)
    {
        ulong seed = ((ulong)step.Choice << 32) | (uint)step.Seed;
        switch (step.Kind)
        {
            case StepKind.Reopen:
                machine.Reopen();
                break;
            case StepKind.Kill:
                machine.Kill(seed, DuringRecovery(step));
                break;
            case StepKind.PowerCut:
                machine.PowerCut(seed, DuringRecovery(step));
                break;
            case StepKind.Fault:
                machine.Inject(KindOf(step), OperationsBefore(step), sticky: step.Seed % 3 == 0);
                break;
            case StepKind.Repair:
                machine.Repair();
                break;
            default:
                part.Run(step);
                break;
        }

        // A fault of the step may have brought the machine down.
        if (machine.Disk.IsDown && step.Choice % 3 == 0)
            machine.Kill(seed, DuringRecovery(step));
        else if (machine.Disk.IsDown)
            machine.PowerCut(seed, DuringRecovery(step));
    }

    /// <summary>The sequence without its first half, its second, and so on down to one without each single step.</summary>
    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (int length = steps.Length / 2; length > 0; length /= 2)
        {
            for (int start = 0; start < steps.Length; start += length)
                yield return [.. steps[..start], .. steps[Math.Min(start + length, steps.Length)..]];
        }
    }

    /// <summary>Lies are rare: a power cut after one ends what can be said.</summary>
    private static FaultKind KindOf(in Step step)
    {
        FaultKind kind = Kinds[step.Choice % Kinds.Length];
        return kind == FaultKind.LyingSync && step.Seed % 4 != 0 ? FaultKind.CrashAfter : kind;
    }

    /// <summary>Half of the faults come up at once, where the step that follows is in the middle of something.</summary>
    private static int OperationsBefore(in Step step) => step.Seed / 16 % (step.Choice / 8 % 2 == 0 ? 6 : 24);

    private static Fault? DuringRecovery(in Step step) =>
        step.Seed % 5 == 0 ? new Fault(KindOf(step), 1 + OperationsBefore(step), step.Seed % 3 == 0) : null;
}
