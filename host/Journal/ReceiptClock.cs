namespace AuditHost.Journal;

/// <summary>
/// Tells how old events are, whatever the time of day does meanwhile. Events carry the time of day they were received at; this remembers
/// from which event on that time had jumped, and by how much. For what an earlier process received, the time of day at this one's start counts.
/// </summary>
internal sealed class ReceiptClock
{
    /// <summary>Enough for jumps that never end. Then the oldest ones are merged, in favour of keeping.</summary>
    private const int MostJumps = 1024;

    /// <summary>Less is the clock being set right by and by.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ulong _firstSequence;
    private readonly DateTimeOffset _startedAt;
    private readonly long _started;
    private readonly List<(ulong From, TimeSpan Offset)> _jumps = [(0, TimeSpan.Zero)];

    /// <param name="time">The machine's clocks.</param>
    /// <param name="firstSequence">The first event that this process may receive.</param>
    public ReceiptClock(TimeProvider time, ulong firstSequence)
    {
        _time = time;
        _firstSequence = firstSequence;
        _startedAt = time.GetUtcNow();
        _started = time.GetTimestamp();
    }

    /// <summary>The time of day since the start as if nobody had touched the clock.</summary>
    private DateTimeOffset Steady => _startedAt + _time.GetElapsedTime(_started);

    /// <summary>The time of day for a group.</summary>
    /// <param name="sequence">The group's first event.</param>
    public DateTimeOffset Stamp(ulong sequence)
    {
        DateTimeOffset now = _time.GetUtcNow();
        TimeSpan offset = now - Steady;
        lock (_gate)
        {
            if ((offset - _jumps[^1].Offset).Duration() > Tolerance)
                Note(sequence, offset);
        }

        return now;
    }

    /// <param name="sequence">The event.</param>
    /// <param name="receivedAt">The time of day it carries.</param>
    public TimeSpan AgeOf(ulong sequence, DateTimeOffset receivedAt)
    {
        DateTimeOffset born = receivedAt - OffsetAt(sequence);
        if (sequence < _firstSequence && born > _startedAt)
            born = _startedAt;
        TimeSpan age = Steady - born;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private void Note(ulong sequence, TimeSpan offset)
    {
        // A group that failed leaves its numbers to the next one.
        while (_jumps.Count > 1 && _jumps[^1].From >= sequence)
            _jumps.RemoveAt(_jumps.Count - 1);
        _jumps.Add((sequence, offset));
        if (_jumps.Count <= MostJumps)
            return;
        ((ulong from, TimeSpan first), TimeSpan second) = (_jumps[1], _jumps[2].Offset);
        _jumps[1] = (from, first < second ? first : second);
        _jumps.RemoveAt(2);
    }

    private TimeSpan OffsetAt(ulong sequence)
    {
        lock (_gate)
        {
            int index = _jumps.Count - 1;
            while (_jumps[index].From > sequence)
                index--;
            return _jumps[index].Offset;
        }
    }
}
