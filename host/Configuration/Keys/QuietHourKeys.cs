using AuditHost.Sdk;

namespace AuditHost.Configuration.Keys;

/// <summary>One entry of <c>quiet_hours</c>.</summary>
internal static class QuietHourKeys
{
    public static readonly ScalarKey<TimeOnly> From = new("from", Kinds.TimeOfDay, "When they begin, such as 22:00.") { Required = true };
    public static readonly ScalarKey<TimeOnly> To = new("to", Kinds.TimeOfDay, "When they end; on the next day where that is not later.") { Required = true };
    public static readonly ListKey<DayOfWeek> Days = new(
        "days",
        Kinds.Choice(
            ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
            ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday)),
        "The days on which they begin; every day without the key.");
    public static readonly ScalarKey<TimeZoneInfo> TimeZone = new("time_zone", Kinds.TimeZone, "Whose clock counts, such as Europe/Berlin; UTC without the key.");
    public static readonly ScalarKey<Severity> Except = new("except", FilterKeys.SeverityKind, "The severity from which messages go out all the same.");

    public static readonly KeySet Set = new(From, To, Days, TimeZone, Except);
}
