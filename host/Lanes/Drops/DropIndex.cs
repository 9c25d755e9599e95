namespace AuditHost.Lanes.Drops;

/// <summary>The drops that the log still holds. The log's bound is theirs.</summary>
internal sealed class DropIndex
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, DropRecord> _records = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<DropRecord> All
    {
        get
        {
            lock (_lock)
                return [.. _records.Values];
        }
    }

    /// <summary>A record that begins at or before earlier ones of its kind takes their place: its destination had not moved past them.</summary>
    public void Apply(ulong id, DropEntry entry)
    {
        lock (_lock)
        {
            if (entry.Retraction is { } retraction)
                Remove(retraction.Destination, retraction.Reason, retraction.From);
            if (entry.Drop is not { } drop)
                return;
            Remove(drop.Destination, drop.Reason, drop.First);
            _records.Add(id, drop);
        }
    }

    public bool Holds(DropRetraction retraction)
    {
        lock (_lock)
            return _records.Values.Any(record => IsMeant(record, retraction.Destination, retraction.Reason, retraction.From));
    }

    /// <summary>Forgets what was written before a record of the log that is gone.</summary>
    public void ForgetBefore(ulong id)
    {
        lock (_lock)
        {
            foreach (ulong gone in _records.Keys.TakeWhile(known => known < id).ToArray())
                _records.Remove(gone);
        }
    }

    private void Remove(string destination, DropReason reason, ulong from)
    {
        foreach (ulong id in _records.Where(one => IsMeant(one.Value, destination, reason, from)).Select(one => one.Key).ToArray())
            _records.Remove(id);
    }

    private static bool IsMeant(DropRecord record, string destination, DropReason reason, ulong from) =>
        record.Destination == destination && record.Reason == reason && record.First >= from;
}
