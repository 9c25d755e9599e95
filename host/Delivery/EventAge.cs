namespace AuditHost.Delivery;

/// <summary>
/// How long an event has been with the host, as far as that is certain. A date that is set forward makes no event old: what counts is the
/// least of its age by the date as it is now, its age by the date that the start would have come to, and the time since the start. So a
/// changed date can only lengthen the life of an event.
/// </summary>
internal sealed class EventAge(TimeProvider time)
{
    private readonly DateTimeOffset _startDate = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Of(DateTimeOffset receivedAt)
    {
        TimeSpan running = time.GetElapsedTime(_start);
        TimeSpan byDate = time.GetUtcNow() - receivedAt;
        TimeSpan byStart = _startDate + running - receivedAt;
        TimeSpan least = byDate < byStart ? byDate : byStart;
        return least < running ? least : running;
    }
}
