namespace AuditHost.Lanes.Alerts;

/// <summary>The alerts of one batch.</summary>
internal sealed class AlertGroups
{
    private readonly Dictionary<string, AlertGroup> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertGroup>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<AlertGroup> _all = [];

    public AlertGroups() => _bySpan = _byKey.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>In the order of the batch's events that stand for them.</summary>
    public IReadOnlyList<AlertGroup> All => _all;

    /// <summary>How many events they have together.</summary>
    public int Events { get; private set; }

    /// <summary>Whether there was nothing more to read when the batch was closed: only then is it known which alerts have no further event.</summary>
    public bool IsLevel { get; set; }

    public AlertGroup? Find(ReadOnlySpan<char> key) => _bySpan.TryGetValue(key, out AlertGroup? group) ? group : null;

    public void Open(AlertGroup group)
    {
        _byKey.Add(group.Key, group);
        _all.Add(group);
    }

    public void Count() => Events++;

    public void Clear()
    {
        _byKey.Clear();
        _all.Clear();
        Events = 0;
        IsLevel = false;
    }
}
