using AuditHost.Faults.Disk;

namespace AuditHost.Faults.Simulation;

/// <summary>
/// The one thread of a simulation. Whatever is ready waits here, and the seed says what comes next; when nothing is ready, time moves to
/// the next timer. So a run is a function of its seed.
/// </summary>
internal sealed class SimulatedScheduler(SeededRandom random, SimulationTrace trace)
{
    /// <summary>So many turns without time passing are a loop that burns the processor.</summary>
    private const int HotLoop = 50_000;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<Turn> _ready = [];
    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Order)> _timers = new();
    private volatile Exception? _failure;
    private long _order;
    private int _turnsWithoutTime;

    /// <summary>Virtual time since the start, in ticks.</summary>
    public long Now { get; private set; }

    public long Turns { get; private set; }

    public SimulationTrace Trace => trace;

    public Exception? Failure => _failure;

    /// <summary>Called between two turns.</summary>
    public Action? BetweenTurns { get; set; }

    public void Fail(Exception exception) => _failure ??= exception;

    public void Enqueue(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        if (process.IsDead)
            return;
        if (Environment.CurrentManagedThreadId != _thread)
            Fail(new SimulationFailedException($"Something left the simulation and came back on another thread:\n{Environment.StackTrace}"));
        else
            _ready.Add(new Turn(process, callback, state));
    }

    public void Schedule(SimulatedTimer timer, int version, TimeSpan delay)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            Fail(new SimulationFailedException($"Something left the simulation and set a timer on another thread:\n{Environment.StackTrace}"));
        else
            _timers.Enqueue((timer, version), (Now + Math.Max(0, delay.Ticks), _order++));
    }

    /// <summary>Runs until something has come true or failed.</summary>
    public void Run(Func<bool> done)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        try
        {
            while (_failure is null && !done())
            {
                if (_ready.Count == 0 && !MoveTime())
                    throw new SimulationFailedException("Nothing is ready and no timer is set: something waits for what will never come, or for what lies outside.");
                if (_ready.Count > 0)
                    TakeTurn();
                BetweenTurns?.Invoke();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        if (_failure is { } failure)
            throw failure as SimulationFailedException ?? new SimulationFailedException(failure.Message, failure);
    }

    private void TakeTurn()
    {
        int index = _ready.Count == 1 ? 0 : random.Below(_ready.Count);
        Turn turn = _ready[index];
        _ready[index] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (turn.Process.IsDead)
            return;
        trace.Mix(Now, index, _ready.Count, turn.Process.Number);
        Turns++;
        if (++_turnsWithoutTime > HotLoop)
            throw new SimulationFailedException($"{HotLoop} turns without time passing: something goes round and round.");
        SynchronizationContext.SetSynchronizationContext(turn.Process);
        turn.Callback(turn.State);
    }

    private bool MoveTime()
    {
        while (_timers.TryDequeue(out (SimulatedTimer Timer, int Version) next, out (long Due, long Order) at))
        {
            if (!next.Timer.IsSet(next.Version))
                continue;
            _turnsWithoutTime = at.Due > Now ? 0 : _turnsWithoutTime;
            Now = at.Due;
            Ring(next);
            while (_timers.TryPeek(out next, out at) && at.Due == Now)
            {
                _timers.Dequeue();
                Ring(next);
            }

            return true;
        }

        return false;
    }

    private void Ring((SimulatedTimer Timer, int Version) due)
    {
        if (due.Timer.IsSet(due.Version))
            _ready.Add(new Turn(due.Timer.Process, static state => ((Due)state!).Fire(), new Due(due.Timer, due.Version)));
    }

    private readonly record struct Turn(SimulatedProcess Process, SendOrPostCallback Callback, object? State);

    private sealed record Due(SimulatedTimer Timer, int Version)
    {
        public void Fire() => Timer.Fire(Version);
    }
}
