using System.Runtime.CompilerServices;
using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Simulation;

/// <summary>What host, senders, destinations and their judge have in common: time, chance, and notes of what came up.</summary>
internal sealed class SimulationWorld
{
    public SimulationWorld(ulong seed, bool full)
    {
        Random = new SeededRandom(seed);
        Trace = new SimulationTrace(full);
        Scheduler = new SimulatedScheduler(new SeededRandom(seed ^ 0x5DEECE66D), Trace);
        Process = new SimulatedProcess(Scheduler, 0);
        Clock = new SimulatedClock(Process, static () => TimeSpan.Zero);
    }

    public SeededRandom Random { get; }

    public SimulationTrace Trace { get; }

    public SimulatedScheduler Scheduler { get; }

    /// <summary>All that is not the host.</summary>
    public SimulatedProcess Process { get; }

    public TimeProvider Clock { get; }

    public SimulationTally Tally { get; } = new();

    /// <summary>How far the machine's date is from the right one.</summary>
    public TimeSpan DateOffset { get; private set; }

    /// <summary>Whether anybody ever changed the date.</summary>
    public bool HadDateChanged { get; private set; }

    /// <summary>Whether no more faults come up.</summary>
    public bool IsQuiet { get; set; }

    public TimeSpan Now => TimeSpan.FromTicks(Scheduler.Now);

    public void SetDate(TimeSpan offset)
    {
        HadDateChanged |= offset != TimeSpan.Zero;
        DateOffset = offset;
    }

    /// <summary>A stream of chance of its own.</summary>
    public SeededRandom Fork() => new(Random.Next());

    public Task Delay(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), Clock);

    public void Saw(string name)
    {
        Tally.Count(name);
        Note("world", name);
    }

    public void Note(string who, string what, long first = 0, long second = 0) => Trace.Note(Scheduler.Now, who, what, first, second);

    public void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] PromiseText promise)
    {
        if (!holds)
            Scheduler.Fail(new SimulationFailedException(promise.ToString()));
    }
}
