namespace AuditHost.Load;

/// <summary>A shipper and its rounds so far.</summary>
internal sealed class Contender(IShipper shipper)
{
    private readonly List<Flood?> _floods = [];

    public IShipper Shipper => shipper;

    public string Name => shipper.Name;

    /// <summary>In how many rounds every event arrived exactly once.</summary>
    public int Exact { get; private set; }

    /// <summary>By round; <see langword="null"/> where not every event arrived, and so there is nothing to compare.</summary>
    public IReadOnlyList<Flood?> Floods => _floods;

    public void Add(Flood? flood, bool exact)
    {
        _floods.Add(exact ? flood : null);
        if (exact)
            Exact++;
    }
}
