using AuditHost.Journal;

namespace AuditHost.Faults.Model;

/// <summary>
/// What a correct journal may show, whatever happened to the disk beneath it: every accepted event under its number, of the groups
/// that failed all or nothing, and cursors that lag but never lead.
/// </summary>
internal sealed class JournalModel
{
    private readonly Dictionary<ulong, int> _accepted = [];
    private readonly List<(int First, int Count)> _inDoubt = [];
    private readonly Dictionary<string, LaneModel> _lanes = [];

    /// <summary>The lowest number the next event may get.</summary>
    public ulong Next { get; private set; } = 1;

    public IReadOnlyDictionary<string, LaneModel> Lanes => _lanes;

    /// <summary>What no destination needs any more may be gone.</summary>
    public ulong Floor => _lanes.Count == 0 ? ulong.MaxValue : _lanes.Values.Min(lane => lane.Settled);

    public void Accept(ulong first, int number, int count)
    {
        Require(first >= Next, $"Event {number} was accepted as {first}, though {Next - 1} was given before.");
        for (int index = 0; index < count; index++)
            _accepted.Add(first + (ulong)index, number + index);
        Next = first + (ulong)count;
    }

    /// <summary>A group of which the sender was told no, or nothing at all: it may be there after the next start.</summary>
    public void Doubt(int number, int count) => _inDoubt.Add((number, count));

    public void OpenLane(string name, ulong position) => _lanes.TryAdd(name, new LaneModel(position));

    /// <summary>Takes what a disk lost that did not write what it was given: that much may be missing, as far as the journal says so.</summary>
    public void Forget(ulong first, ulong next, IReadOnlyList<DamageReport> reports, IReadOnlyList<(ulong Sequence, int Number)>? found = null)
    {
        HashSet<ulong> shown = [.. (found ?? []).Select(item => item.Sequence)];
        foreach ((ulong sequence, int number) in _accepted.Where(item => item.Key >= first && item.Key < next && !shown.Contains(item.Key)).ToArray())
        {
            Require(
                reports.Any(report => report.First <= sequence && sequence < report.Next),
                $"Event {number}, accepted as {sequence}, is lost, and nothing says so: {string.Join("; ", reports)}");
            _accepted.Remove(sequence);
        }
    }

    /// <summary>Takes what a fresh start shows: all that is accepted from its first event on, and failed groups whole.</summary>
    public void CheckAll(ulong first, ulong next, IReadOnlyList<(ulong Sequence, int Number)> found)
    {
        Require(first <= Math.Max(Floor, 1), $"The journal begins at {first}, though {Floor} is still needed.");
        Require(next >= Next, $"The next number would be {next}, though {Next - 1} was given.");
        var shown = new Dictionary<ulong, int>();
        foreach ((ulong sequence, int number) in found)
        {
            shown.Add(sequence, number);
            if (_accepted.TryGetValue(sequence, out int known))
                Require(known == number, $"Number {sequence} was event {known} and is now event {number}.");
            else
                Require(sequence >= Next && _inDoubt.Any(group => number >= group.First && number < group.First + group.Count), $"Event {number} at {sequence} was never sent.");
        }

        foreach ((ulong sequence, int number) in _accepted.Where(item => item.Key >= first))
            Require(shown.ContainsKey(sequence), $"Event {number}, accepted as {sequence}, is lost.");
        foreach ((int group, int count) in _inDoubt)
        {
            int there = shown.Values.Count(number => number >= group && number < group + count);
            Require(there == 0 || there == count, $"Of a group of {count} events {there} were taken.");
        }

        // Lanes see it from here on, so it must stay; and what they do not see must stay away.
        foreach ((ulong sequence, int number) in shown)
            _accepted.TryAdd(sequence, number);
        _inDoubt.Clear();
        Next = next;
    }

    /// <summary>Every event from a lane's beginning on has reached its destination.</summary>
    public void CheckDelivered()
    {
        foreach ((string name, LaneModel lane) in _lanes)
        {
            foreach ((ulong sequence, int number) in _accepted.Where(item => item.Key >= lane.Origin))
                Require(lane.Delivered.Contains(sequence), $"Event {number}, accepted as {sequence}, never reached {name}.");
        }
    }

    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ModelViolationException(otherwise);
    }
}
