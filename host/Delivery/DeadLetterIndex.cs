namespace AuditHost.Delivery;

/// <summary>Which dead letters are open. Small on purpose: there can be millions, and their bytes stay on disk.</summary>
internal sealed class DeadLetterIndex
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, Place> _open = [];
    private readonly Dictionary<Place, ulong> _ids = [];
    private readonly Dictionary<string, int> _counts = [];

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
            foreach (ulong resolved in entry.Resolution?.Ids ?? [])
                Remove(resolved);
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

    private void Remove(ulong id)
    {
        if (!_open.Remove(id, out Place place))
            return;
        _ids.Remove(place);
        _counts[place.Destination]--;
    }

    private readonly record struct Place(string Destination, ulong Sequence);
}
