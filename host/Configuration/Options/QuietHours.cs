using AuditHost.Sdk;

namespace AuditHost.Configuration.Options;

/// <summary>Hours of a day in which messages are held back.</summary>
/// <param name="From">When they begin.</param>
/// <param name="To">When they end; on the next day where that is not later than their beginning.</param>
/// <param name="Days">The days on which they begin; none: every day.</param>
/// <param name="Zone">Whose clock counts.</param>
/// <param name="Except">The severity from which messages go out all the same; <see langword="null"/>: none do.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, IReadOnlyList<DayOfWeek> Days, TimeZoneInfo Zone, Severity? Except)
{
    /// <summary>Whether a message of a severity is held back at a moment.</summary>
    public bool Hold(Severity severity, DateTimeOffset moment) => (Except is null || severity < Except) && Contain(moment);

    private bool Contain(DateTimeOffset moment)
    {
        DateTime local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (From < To)
            return time >= From && time < To && IsOn(local.DayOfWeek);
        return (time >= From && IsOn(local.DayOfWeek)) || (time < To && IsOn(local.AddDays(-1).DayOfWeek));
    }

    private bool IsOn(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}
