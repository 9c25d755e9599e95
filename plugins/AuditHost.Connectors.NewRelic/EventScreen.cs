using System.Globalization;
using AuditHost.Sdk;

namespace AuditHost.Connectors.NewRelic;

/// <summary>
/// Looks for events that New Relic would take and then drop or cut without a word: those that are too old or lie in the future, and those that are too
/// large.
/// </summary>
internal sealed class EventScreen(NewRelicOptions options, TimeProvider time)
{
    /// <summary>Refuses or marks events of a plan.</summary>
    public void Check(BatchPlan plan)
    {
        DateTimeOffset now = time.GetUtcNow();
        for (int index = 0; index < plan.Batch.Count; index++)
        {
            if (TooLarge(plan, index) is { } tooLarge)
                plan.Refuse(index, FailureKind.TooLarge, tooLarge);
            else if (TooLate(plan, index, now) is { } tooLate)
                plan.Refuse(index, FailureKind.Rejected, tooLate);
        }
    }

    private string? TooLarge(BatchPlan plan, int index)
    {
        foreach (NewRelicFeed feed in options.Feeds)
        {
            if (feed.Body.Refuse(plan.Batch[index], plan.Batch.ContentType) is { } reason)
                return reason;
        }

        return null;
    }

    private string? TooLate(BatchPlan plan, int index, DateTimeOffset now)
    {
        AuditEvent auditEvent = plan.Batch[index].Event;
        foreach (TelemetryKind kind in options.Kinds)
        {
            DateTimeOffset of = kind == TelemetryKind.Traces ? SpanWriter.StartOf(auditEvent) : auditEvent.Time;
            if (TimeWindow.Holds(kind, of, now))
                continue;
            if (options.LateEvents == LateEvents.DeadLetter)
                return Reason(kind, of, "late_events decides about it");
            plan.MarkLate(index, kind);
            if (kind != TelemetryKind.Traces)
                continue;

            // A span at another time than its own would be in no trace. Where nothing else is sent, that is the loss of the event.
            if (options.Kinds.Count == 1)
                return Reason(kind, of, "a span cannot have another; send logs, too");
            plan.Skip(index, TelemetryKind.Traces);
        }

        return null;
    }

    private static string Reason(TelemetryKind kind, DateTimeOffset time, string remedy) => string.Create(
        CultureInfo.InvariantCulture,
        $"Its time, {time:yyyy-MM-ddTHH:mm:ssZ}, is one that New Relic drops: {BatchPlan.NameOf(kind)} may be {TimeWindow.PastOf(kind).TotalHours:0} h old, and none lies a day ahead; {remedy}");
}
