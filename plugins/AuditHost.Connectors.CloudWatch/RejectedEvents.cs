using AuditHost.Sdk;

namespace AuditHost.Connectors.CloudWatch;

/// <summary>Finds the events of a batch that AWS did not take, by their place in the call.</summary>
internal static class RejectedEvents
{
    public static List<EventFailure> Of(PutLogEventsAnswer answer, ReadOnlySpan<EventSlot> events)
    {
        var failures = new List<EventFailure>();
        for (int place = 0; place < events.Length; place++)
        {
            if (ReasonOf(answer, place) is { } reason)
                failures.Add(new EventFailure(events[place].Index, FailureKind.Rejected, reason));
        }

        return failures;
    }

    private static string? ReasonOf(PutLogEventsAnswer answer, int place)
    {
        if (place < answer.TooOldEnd)
            return "Too old: CloudWatch Logs takes events of the last 14 days";
        if (place < answer.ExpiredEnd)
            return "Expired: older than the log group keeps its events";
        return place >= answer.TooNewStart ? "Too new: its time is more than two hours in the future" : null;
    }
}
