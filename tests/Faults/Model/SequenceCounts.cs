using System.Globalization;

namespace AuditHost.Faults.Model;

/// <summary>What the sequences of a run were: how long, how many alike, and how many met a fault at all.</summary>
internal sealed class SequenceCounts
{
    private readonly HashSet<ulong> _seen = [];
    private long _steps;
    private int _longest;
    private long _met;

    public long Sequences { get; private set; }

    /// <summary>Sequences that differ from every other one.</summary>
    public long Distinct => _seen.Count;

    public void Count(Step[] steps, bool metFault)
    {
        Sequences++;
        _steps += steps.Length;
        _longest = Math.Max(_longest, steps.Length);
        _met += metFault ? 1 : 0;
        _seen.Add(HashOf(steps));
    }

    /// <param name="faults">How many faults there were in all of them.</param>
    public string Describe(long faults) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(double)_steps / Sequences:F1} steps and {(double)faults / Sequences:F1} faults each, {_longest} steps at most, no two alike, {100.0 * _met / Sequences:F0} % met a fault before their last step");

    private static ulong HashOf(Step[] steps)
    {
        ulong hash = (ulong)steps.Length;
        foreach (Step step in steps)
            hash = new Disk.SeededRandom(hash ^ ((ulong)step.Kind << 40) ^ ((ulong)step.Choice << 32) ^ (uint)step.Seed).Next();
        return hash;
    }
}
