using AuditHost.Sdk;

namespace AuditHost.PluginKit.Alerts;

/// <summary>
/// What the host says of a message to an alerting destination: the member <c>alert</c> that it puts into the event which stands for all
/// of the message. Where there is none, as in a replay or under another heading than <c>alerting</c>, it is a message about one event.
/// </summary>
public readonly ref struct Alert
{
    /// <summary>Reads it. Allocates nothing.</summary>
    public Alert(AuditEvent auditEvent)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        bool isTold = AlertActions.TryParse(auditEvent.Find("alert.action"), out AlertAction action);
        Action = action;
        if (!isTold)
        {
            (Count, Total) = (1, 1);
            return;
        }

        Count = AtLeast(1, auditEvent.Find("alert.count"));
        Total = AtLeast(Count, auditEvent.Find("alert.total"));
        Key = auditEvent.Find("alert.dedup_key");
        Group = auditEvent.Find("alert.group");
        Groups = auditEvent.Find("alert.groups");
        First = auditEvent.Find("alert.first");
        Last = auditEvent.Find("alert.last");
    }

    /// <summary>What the message does to the alert; <see cref="AlertAction.Trigger"/> where nobody says.</summary>
    public AlertAction Action { get; }

    /// <summary>Whether the alert is over.</summary>
    public bool Resolves => Action == AlertAction.Resolve;

    /// <summary>How many events the message stands for, at least 1.</summary>
    public long Count { get; }

    /// <summary>How many events there were since the alert opened, at least <see cref="Count"/>.</summary>
    public long Total { get; }

    /// <summary>The same in all messages about one alert: at most 64 characters of ASCII.</summary>
    public EventValue Key { get; }

    /// <summary>What the events have in common, in words.</summary>
    public EventValue Group { get; }

    /// <summary>The alerts that a message sums up, which <see cref="AlertGroups"/> reads; no value for a message about one.</summary>
    public EventValue Groups { get; }

    /// <summary>The time of the message's first event.</summary>
    public EventValue First { get; }

    /// <summary>The time of the message's last event.</summary>
    public EventValue Last { get; }

    private static long AtLeast(long least, EventValue value) => value.TryGetInt64(out long number) ? Math.Max(number, least) : least;
}
