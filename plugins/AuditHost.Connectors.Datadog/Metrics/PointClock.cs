namespace AuditHost.Connectors.Datadog.Metrics;

/// <summary>
/// Gives each batch a second of its own: of two points of one series and second, Datadog keeps the last one (found by senders,
/// github.com/vectordotdev/vector/issues/13867; its pages do not say). A batch that comes again as it was gets the same
/// second, so that its points replace those that may have arrived before.
/// </summary>
internal sealed class PointClock
{
    /// <summary>Datadog takes points of the last hour; one that is older gets a new second.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(50);

    /// <summary>Batches under way wait for so long at most. Where it would be more, somebody has set the clock back.</summary>
    private const int LongestWaitSeconds = 60;

    /// <summary>The most batches that are remembered; more are never under way.</summary>
    private const int MaxOpen = 64;

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<(EventRun Run, long Second)> _open = [];
    private long _last;

    public PointClock(TimeProvider time)
    {
        _time = time;

        // The second may have been used before a reload of the site.
        _last = time.GetUtcNow().ToUnixTimeSeconds();
    }

    /// <summary>The second of a batch. It is waited for, so that no point lies in the future: batches that wait behind one another are few and large.</summary>
    public async ValueTask<long> TakeAsync(EventRun run, CancellationToken cancellationToken)
    {
        (long second, TimeSpan wait) = Take(run);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        return second;
    }

    /// <summary>Says that a batch will not come again.</summary>
    public void Close(EventRun run)
    {
        lock (_lock)
            _open.RemoveAll(open => open.Run == run);
    }

    private (long Second, TimeSpan Wait) Take(EventRun run)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            int known = _open.FindIndex(open => open.Run == run);
            if (known >= 0 && now - DateTimeOffset.FromUnixTimeSeconds(_open[known].Second) is var age && age < Window)
                return (_open[known].Second, -age);
            if (known >= 0)
                _open.RemoveAt(known);
            if (_open.Count >= MaxOpen)
                _open.RemoveAt(0);
            long present = now.ToUnixTimeSeconds();
            _last = _last - present > LongestWaitSeconds ? present : Math.Max(_last + 1, present);
            _open.Add((run, _last));
            return (_last, DateTimeOffset.FromUnixTimeSeconds(_last) - now);
        }
    }
}
