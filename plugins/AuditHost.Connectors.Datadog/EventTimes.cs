using AuditHost.Sdk;

namespace AuditHost.Connectors.Datadog;

/// <summary>Whether Datadog takes a log or an event of a time: not more than 18 hours back and 2 ahead ("Log Date Remapper"); others it drops after 202.</summary>
internal static class EventTimes
{
    // An event that would pass the bound on its way counts as past it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Back = TimeSpan.FromHours(18) - Margin;
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(2) - Margin;

    public const string Reason = "The event's time lies more than 18 hours back or 2 hours ahead, and Datadog would drop it without a word. With old_events: restamp it goes with the time of its arrival";

    public static bool AreTaken(AuditEvent auditEvent, DateTimeOffset now) => auditEvent.Time >= now - Back && auditEvent.Time <= now + Ahead;
}
