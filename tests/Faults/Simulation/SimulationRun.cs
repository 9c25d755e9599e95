using System.Collections.Concurrent;
using System.Globalization;
using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Simulation;

/// <summary>Takes many seeds, as many at a time as there are processors.</summary>
internal sealed class SimulationRun
{
    private const int MostFailures = 20;

    private static readonly TimeSpan LongestSeed = TimeSpan.FromSeconds(15);

    private readonly FaultTally _faults = new();
    private readonly SimulationTally _tally = new();
    private long _ticks;
    private long _turns;
    private long _events;
    private long _crashes;
    private long _next;
    private long _finished;
    private readonly List<Exception> _failures = [];
    private readonly ConcurrentDictionary<ulong, Simulation> _underWay = new();

    public SimulationTally Tally => _tally;

    public FaultTally Faults => _faults;

    public TimeSpan VirtualTime => TimeSpan.FromTicks(_ticks);

    public string Detail => string.Create(
        CultureInfo.InvariantCulture,
        $"{VirtualTime.TotalDays:0.0} virtual days, {_turns} turns, {_events} events, {_crashes} crashes; {_tally}; {_faults}");

    public void Take(ulong first, int count)
    {
        _next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, count)).Select(_ => new Thread(() => Work(first, count)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            Await(thread);
        if (_failures.Count > 0)
            throw new SimulationFailedException($"{string.Join('\n', _failures.Skip(1).Select(Summary))}\n{_failures[0].Message}");
    }

    /// <summary>Runs one seed.</summary>
    /// <returns>The hash of all that happened.</returns>
    public ulong Take(ulong seed, bool full = false)
    {
        var simulation = new Simulation(seed, _faults, full);
        _underWay[seed] = simulation;
        try
        {
            simulation.Run();
        }
        catch (Exception exception)
        {
            throw new SimulationFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Run it again with AUDITHOST_SIMULATION_SEED={seed}\n{simulation.World.Trace}\n{exception.Message}"), exception);
        }
        finally
        {
            _underWay.TryRemove(seed, out _);
            Interlocked.Increment(ref _finished);
        }

        lock (_tally)
            _tally.Add(simulation.World.Tally);
        Interlocked.Add(ref _ticks, simulation.World.Scheduler.Now);
        Interlocked.Add(ref _turns, simulation.World.Scheduler.Turns);
        Interlocked.Add(ref _events, simulation.Events);
        Interlocked.Add(ref _crashes, simulation.Crashes);
        if (full)
            TestContext.Current.TestOutputHelper?.WriteLine(simulation.World.Trace.ToString());
        return simulation.World.Trace.Hash;
    }

    private void Await(Thread thread)
    {
        long finished = -1;
        while (!thread.Join(LongestSeed))
        {
            // Within a turn nobody else gets to see that it has no end.
            if (Interlocked.Exchange(ref finished, Interlocked.Read(ref _finished)) == Interlocked.Read(ref _finished))
                throw new SimulationFailedException(
                    $"{string.Join('\n', _failures.ToArray().Select(Summary))}\nNo end in sight: {string.Join(", ", _underWay.Select(pair => $"seed {pair.Key} at {pair.Value.World.Now}"))}");
        }
    }

    private void Work(ulong first, int count)
    {
        while (_failures.Count < MostFailures && Interlocked.Increment(ref _next) is var index && index < count)
        {
            try
            {
                Take(first + (ulong)index);
            }
            catch (SimulationFailedException exception)
            {
                lock (_failures)
                    _failures.Add(exception);
            }
        }
    }

    private static string Summary(Exception failure) => $"{failure.Message.Split('\n')[0]}: {failure.InnerException?.Message.Split('\n')[0]}";
}
