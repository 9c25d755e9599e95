using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Simulation;

/// <summary>The host's own randomness, from the run's seed.</summary>
internal sealed class SimulatedRandom(SeededRandom random) : Random
{
    public override double NextDouble() => Sample();

    protected override double Sample() => (random.Next() >> 11) * (1.0 / (1ul << 53));
}
