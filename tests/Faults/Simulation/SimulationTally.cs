namespace AuditHost.Faults.Simulation;

/// <summary>Counts by name what came up: faults, and states of the host that a run should have been in.</summary>
internal sealed class SimulationTally
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Count(string name, long times = 1) => _counts[name] = this[name] + times;

    public void Add(SimulationTally other)
    {
        foreach ((string name, long count) in other._counts)
            Count(name, count);
    }

    /// <summary>Fails where something never came up: a green run without it would prove nothing about it.</summary>
    public void AssertAllSeen()
    {
        string[] missing = [.. Sometimes.All.Where(name => this[name] == 0)];
        Assert.True(missing.Length == 0, $"Never seen, so nothing is proved about it: {string.Join(", ", missing)}\nSeen: {this}");
    }

    public override string ToString() => string.Join(", ", _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
