using Microsoft.Extensions.Logging;

namespace AuditHost.Lanes.Poison;

/// <summary>
/// Finds the event that takes the whole process down, and lets the lane bury it. Usually it does nothing but remember that the lane
/// runs. After a process has ended without a stop and without the cursor having moved, the lane is careful for as many events as can
/// have been under way: one at a time, and each is marked on disk before it is rendered or sent and until that returned. An event that
/// stands marked at the end of two more processes is suspected; so is, seldom and wrongly, one that was on its way each time the host
/// was killed from outside. The wait before a further attempt sees to it that a host which never lives long suspects nothing.
/// </summary>
/// <param name="open">Opens the file that outlives the process.</param>
/// <param name="turns">Shared with all lanes of the site.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The destination's log.</param>
internal sealed class PoisonGuard(Func<AttemptFile>? open, PoisonTurns turns, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>An event that was under way at the end of so many processes, at all but the first of them alone, is not attempted again.</summary>
    public const int DeadlyEnds = 3;

    public const string Reason = "The process ended three times while this event was being rendered or sent. It may be innocent: replay sends it again.";

    private static readonly TimeSpan PauseBeforeFurtherAttempt = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private AttemptFile? _file;
    private AttemptState _state;
    private ulong _sequence;
    private int _attemptsBefore;
    private int _left;
    private volatile bool _careful;

    /// <summary>Whether events go one at a time, marked.</summary>
    public bool IsCareful => _careful;

    /// <summary>Begins a life of the lane, and pauses where an attempt must not follow at once.</summary>
    /// <param name="position">The lane's cursor.</param>
    /// <param name="window">How many of the events that are there can have been under way.</param>
    /// <param name="stopping">Ends the pause.</param>
    public async Task BeginAsync(ulong position, int window, CancellationToken stopping)
    {
        if (open is null || !TryOpen())
            return;
        AttemptState found = _file!.Found;
        bool marked = found is { Running: true, Attempts: > 0 } && found.Sequence >= position;
        (_sequence, _attemptsBefore) = marked ? (found.Sequence, found.Attempts) : (0, 0);
        _left = window;
        _careful = marked || (window > 0 && found.Running && found.Position == position);
        Write(new AttemptState(true, position, _sequence, _attemptsBefore), sync: false);
        if (!_careful)
            return;
        logger.LogWarning(
            "The host ended without a stop, and the cursor stays at {Position}: going on with one event at a time, to find the one that may be the reason.", position);
        if (marked && !IsSuspected(_sequence))
            await Task.Delay(PauseBeforeFurtherAttempt, time, stopping);
    }

    /// <summary>
    /// Says whether anything is under way, for a lane where mostly nothing is: what ends the process in the meantime is not its doing. A careful lane
    /// counts as at work all the time.
    /// </summary>
    public void Work(bool isUnderWay)
    {
        if (_file is not null && !_careful && _state.Running != isUnderWay)
            Write(_state with { Running = isUnderWay }, sync: false);
    }

    /// <summary>The lane ends in order: whatever happens to the process now is not its doing.</summary>
    public void End()
    {
        _careful = false;
        if (_file is not null)
            Write(default, sync: false);
    }

    /// <summary>Waits for the lane's turn to attempt something; <see cref="Give"/> ends it.</summary>
    public ValueTask TakeTurnAsync(CancellationToken cancellationToken) => turns.TakeAsync(this, cancellationToken);

    public void Give() => turns.Give(this);

    /// <summary>Whether an event has taken too many processes with it to be attempted again.</summary>
    public bool IsSuspected(ulong sequence) => sequence == _sequence && _attemptsBefore >= DeadlyEnds - 1;

    /// <summary>Whether it is the event that the lane is working at.</summary>
    public bool IsAttempting(ulong sequence) => sequence == _sequence;

    /// <summary>Marks an event, durably, before something is done with it.</summary>
    public void Mark(ulong sequence)
    {
        if (sequence != _sequence)
            (_sequence, _attemptsBefore) = (sequence, 0);
        Write(_state with { Sequence = sequence, Attempts = _attemptsBefore + 1 }, sync: true);
    }

    /// <summary>It was rendered, and waits to be sent: what happens now does not count.</summary>
    public void Unmark() => Write(_state with { Attempts = _attemptsBefore }, sync: false);

    /// <summary>A call returned, and so it is no poison, whatever the call said.</summary>
    public void Returned()
    {
        _attemptsBefore = 0;
        Write(_state with { Sequence = 0, Attempts = 0 }, sync: false);
    }

    /// <summary>Counts an event that the lane goes on with; behind the last that can have been under way it is careful no more.</summary>
    public void Passed()
    {
        if (--_left <= 0)
            Relax();
    }

    /// <summary>Everything that can have been under way is settled.</summary>
    public void Relax()
    {
        if (!_careful)
            return;
        _careful = false;
        Write(_state with { Sequence = 0, Attempts = 0 }, sync: false);
        logger.LogInformation("Going on as usual.");
    }

    public void Dispose() => _file?.Dispose();

    private bool TryOpen()
    {
        try
        {
            _file ??= open!();
            return true;
        }
        catch (IOException exception)
        {
            logger.LogWarning("Attempts cannot be marked, so an event that ends the process would be tried again and again: {Reason}", exception.Message);
            return false;
        }
    }

    private void Write(in AttemptState state, bool sync)
    {
        lock (_lock)
        {
            _state = state;
            try
            {
                _file?.Write(state, sync);
            }
            catch (IOException exception)
            {
                // Delivery goes on: this is a net below it.
                logger.LogWarning("An attempt could not be marked: {Reason}", exception.Message);
            }
        }
    }
}
