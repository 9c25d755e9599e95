using System.Globalization;
using System.Text;

namespace AuditHost.Faults.Simulation;

/// <summary>What happened in a run: a hash of all of it, and the last of it in words.</summary>
/// <param name="full">Whether everything is kept.</param>
internal sealed class SimulationTrace(bool full)
{
    private const int Kept = 120;

    private readonly Queue<(long Ticks, string Who, string What, long First, long Second)> _notes = new();

    /// <summary>Stands for everything so far: two runs of one seed have the same.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>Whether somebody reads all of it.</summary>
    public bool IsFull => full;

    public void Note(long ticks, string who, string what, long first = 0, long second = 0)
    {
        Mix(ticks, what.Length, first, second);
        _notes.Enqueue((ticks, who, what, first, second));
        if (!full && _notes.Count > Kept)
            _notes.Dequeue();
    }

    public void Mix(long first, long second, long third = 0, long fourth = 0)
    {
        Hash = (Hash ^ (ulong)first) * 1099511628211;
        Hash = (Hash ^ (ulong)second) * 1099511628211;
        Hash = (Hash ^ (ulong)third) * 1099511628211;
        Hash = (Hash ^ (ulong)fourth) * 1099511628211;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((long ticks, string who, string what, long first, long second) in _notes)
            text.AppendLine(CultureInfo.InvariantCulture, $"{TimeSpan.FromTicks(ticks).TotalSeconds,10:0.000} {who,-9} {what} {(first == 0 && second == 0 ? "" : $"{first}")}{(second == 0 ? "" : $" {second}")}");
        return text.ToString();
    }
}
