namespace AuditHost.Configuration.Keys;

/// <summary><c>alert</c>: how events become messages for people.</summary>
internal static class AlertKeys
{
    public static readonly ScalarKey<bool> Enabled = new("enabled", Kinds.Boolean, "false sends each event as a message of its own; true without the key.");
    public static readonly ListKey<string> GroupBy = new(
        "group_by", Kinds.Text, "What events have in common to be one alert, as dotted paths; event_type and severity without the key. An empty list makes all of them one.");
    public static readonly ScalarKey<TimeSpan> GroupWindow = new(
        "group_window", Kinds.DurationOrZero, "How long the first message of an alert waits for further events; 10s without the key.");
    public static readonly ScalarKey<TimeSpan> RepeatAfter = new(
        "repeat_after", Kinds.Duration, "The least time between two messages of an alert that stays open; what comes in between is counted in the next. 5m without the key.");
    public static readonly ScalarKey<int> MaxMessages = new(
        "max_messages", Kinds.Integer(1, 10_000), "The most messages in the time that per says; one of them sums up what would be more. 10 without the key.");
    public static readonly ScalarKey<TimeSpan> Per = new("per", Kinds.Duration, "The time that max_messages counts in; 1m without the key.");
    public static readonly ScalarKey<TimeSpan> ResolveAfter = new(
        "resolve_after", Kinds.DurationOrZero, "After how long without a further event an alert is resolved, with a message that says so; 0s: never. 30m without the key.");
    public static readonly MappingKey QuietHours = new(
        "quiet_hours", QuietHourKeys.Set, "Times at which messages are held back. Their events wait, and are summed up when the time is over.") { IsList = true };

    public static readonly KeySet Set = new(Enabled, GroupBy, GroupWindow, RepeatAfter, MaxMessages, Per, ResolveAfter, QuietHours);
}
