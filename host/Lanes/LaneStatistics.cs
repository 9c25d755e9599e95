namespace AuditHost.Lanes;

/// <summary>
/// What a lane has done since the host started. Written by the lane and its deliveries, read by anybody; the books that must balance
/// stand in the cursor, not here.
/// </summary>
internal sealed class LaneStatistics
{
    private long _attempts;
    private long _failedAttempts;
    private long _deliveredEvents;
    private long _deliveredBytes;
    private long _sendTicks;
    private long _replayed;
    private long _replaySeen;
    private long _lastSuccessTicks;
    private volatile string? _lastError;
    private long _lastErrorTicks;
    private volatile string? _probeProblem;
    private long _lastProbeTicks;

    /// <summary>Calls of the connector.</summary>
    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>Calls that did not deliver the whole batch.</summary>
    public long FailedAttempts => Interlocked.Read(ref _failedAttempts);

    public long DeliveredEvents => Interlocked.Read(ref _deliveredEvents);

    /// <summary>Bytes of bodies, or payloads, of calls that delivered something.</summary>
    public long DeliveredBytes => Interlocked.Read(ref _deliveredBytes);

    /// <summary>Events sent again at an operator's wish, outside the books.</summary>
    public long Replayed => Interlocked.Read(ref _replayed);

    /// <summary>Events that replays have come past, delivered or not.</summary>
    public long ReplaySeen => Interlocked.Read(ref _replaySeen);

    /// <summary>The mean duration of a call.</summary>
    public TimeSpan MeanSendTime => Attempts is > 0 and var attempts ? TimeSpan.FromTicks(Interlocked.Read(ref _sendTicks) / attempts) : TimeSpan.Zero;

    public DateTimeOffset? LastSuccess => AsTime(ref _lastSuccessTicks);

    public DateTimeOffset? LastErrorAt => AsTime(ref _lastErrorTicks);

    public string? LastError => _lastError;

    public DateTimeOffset? LastProbe => AsTime(ref _lastProbeTicks);

    /// <summary>Why the last probe failed; <see langword="null"/> where it did not.</summary>
    public string? ProbeProblem => _probeProblem;

    public void Probed(string? problem, DateTimeOffset at)
    {
        _probeProblem = problem;
        Interlocked.Exchange(ref _lastProbeTicks, at.UtcTicks);
    }

    public void Attempt(TimeSpan duration, bool failed)
    {
        Interlocked.Increment(ref _attempts);
        Interlocked.Add(ref _sendTicks, duration.Ticks);
        if (failed)
            Interlocked.Increment(ref _failedAttempts);
    }

    /// <summary>Bytes of bodies that a plugin's own process made; the host sees none of them.</summary>
    public void Rendered(long bytes) => Interlocked.Add(ref _deliveredBytes, bytes);

    public void Success(int events, long bytes, DateTimeOffset at)
    {
        Interlocked.Add(ref _deliveredEvents, events);
        Interlocked.Add(ref _deliveredBytes, bytes);
        Interlocked.Exchange(ref _lastSuccessTicks, at.UtcTicks);
    }

    public void Failure(string reason, DateTimeOffset at)
    {
        _lastError = reason;
        Interlocked.Exchange(ref _lastErrorTicks, at.UtcTicks);
    }

    /// <summary>Books a step of a replay.</summary>
    /// <param name="delivered">Events delivered in it.</param>
    /// <param name="seen">All events of it, those that were filtered or refused too.</param>
    public void Replay(int delivered, int seen)
    {
        Interlocked.Add(ref _replayed, delivered);
        Interlocked.Add(ref _replaySeen, seen);
    }

    private static DateTimeOffset? AsTime(ref long ticks) =>
        Interlocked.Read(ref ticks) is > 0 and var value ? new DateTimeOffset(value, TimeSpan.Zero) : null;
}
