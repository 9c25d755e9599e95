namespace AuditHost.Faults.Simulation;

/// <summary>A request on its way: the events in it and which of them the destination took.</summary>
internal sealed class SimulatedCall(IReadOnlyList<(ulong Sequence, int Number)> events)
{
    public IReadOnlyList<(ulong Sequence, int Number)> Events => events;

    /// <summary>The indices taken.</summary>
    public HashSet<int> Taken { get; } = [];
}
