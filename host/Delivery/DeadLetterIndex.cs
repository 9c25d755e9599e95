namespace AuditHost.Delivery;

/// <summary>Which dead letters are open. Small on purpose: there can be millions, and their bytes stay on disk.</summary>
internal sealed class DeadLetterIndex
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, Place> _open = [];
    private readonly Dictionary<Place, ulong> _ids = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, List<ResolvedRun>> _resolved = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    public ulong? OldestOpen
    {
        get
        {
            lock (_lock)
                return _open.Count > 0 ? _open.First().Key : null;
        }
    }

    public int CountOf(string destination)
    {
        lock (_lock)
            return _counts.GetValueOrDefault(destination);
    }

    /// <summary>The open letters of a destination whose events lie before a sequence number.</summary>
    public int CountBefore(string destination, ulong sequence)
    {
        lock (_lock)
            return _ids.Keys.Count(place => place.Destination == destination && place.Sequence < sequence);
    }

    /// <summary>The open letters of a destination whose events lie at a sequence number or behind it.</summary>
    public ulong[] IdsFrom(string destination, ulong sequence)
    {
        lock (_lock)
            return [.. _ids.Where(pair => pair.Key.Destination == destination && pair.Key.Sequence >= sequence).Select(pair => pair.Value).Order()];
    }

    /// <summary>How a destination's letters were resolved, as far as the log still says so; the latest first.</summary>
    public ResolvedRun[] Resolved(string destination)
    {
        lock (_lock)
            return _resolved.TryGetValue(destination, out List<ResolvedRun>? runs) ? [.. Enumerable.Reverse(runs)] : [];
    }

    /// <summary>The open letters before an id, by destination, oldest first.</summary>
    public (string Destination, ulong[] Ids)[] OpenBefore(ulong id)
    {
        lock (_lock)
            return [.. _open.TakeWhile(one => one.Key < id).GroupBy(one => one.Value.Destination, one => one.Key).Select(group => (group.Key, group.ToArray()))];
    }

    public bool IsOpen(ulong id)
    {
        lock (_lock)
            return _open.ContainsKey(id);
    }

    public ulong[] OpenIds()
    {
        lock (_lock)
            return [.. _open.Keys];
    }

    public void Apply(ulong id, DeadLetterEntry entry)
    {
        lock (_lock)
        {
            if (entry.Letter is { } letter)
                Add(id, new Place(string.Intern(letter.Destination), letter.Sequence));
            if (entry.Resolution is { } resolution)
                Resolve(resolution);
        }
    }

    /// <summary>An event that died again, because a crash kept the cursor from moving past it, replaces its earlier letter.</summary>
    private void Add(ulong id, Place place)
    {
        if (_ids.TryGetValue(place, out ulong earlier))
            Remove(earlier);
        _open.Add(id, place);
        _ids.Add(place, id);
        _counts[place.Destination] = _counts.GetValueOrDefault(place.Destination) + 1;
    }

    private void Resolve(DeadLetterResolution resolution)
    {
        bool delivered = resolution.Outcome == DeadLetterOutcome.Replayed;
        foreach (ulong id in resolution.Ids)
        {
            // The books never held what is withdrawn.
            if (Remove(id) is not { } destination || resolution.Outcome == DeadLetterOutcome.Withdrawn)
                continue;
            if (!_resolved.TryGetValue(destination, out List<ResolvedRun>? runs))
                _resolved.Add(destination, runs = []);
            if (runs is [.., var last] && last.Delivered == delivered)
                runs[^1] = last with { Count = last.Count + 1 };
            else
                runs.Add(new ResolvedRun(delivered, 1));
        }
    }

    /// <returns>Whose letter it was; <see langword="null"/> where it was not open.</returns>
    private string? Remove(ulong id)
    {
        if (!_open.Remove(id, out Place place))
            return null;
        _ids.Remove(place);
        _counts[place.Destination]--;
        return place.Destination;
    }

    private readonly record struct Place(string Destination, ulong Sequence);
}
