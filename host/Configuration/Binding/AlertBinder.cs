using AuditHost.Configuration.Keys;
using AuditHost.Configuration.Options;
using AuditHost.Sdk;

namespace AuditHost.Configuration.Binding;

/// <summary>Reads how a destination's events become messages for people.</summary>
internal static class AlertBinder
{
    /// <param name="section">The destination's <c>alert</c>, where it has one.</param>
    /// <param name="byDefault">Whether the destination has alerts without it.</param>
    public static AlertOptions? Bind(Section? section, bool byDefault)
    {
        var usual = new AlertOptions();
        if (section is null)
            return byDefault ? usual : null;
        var options = new AlertOptions
        {
            GroupBy = section.GetList(AlertKeys.GroupBy) ?? usual.GroupBy,
            GroupWindow = section.Get(AlertKeys.GroupWindow, usual.GroupWindow),
            RepeatAfter = section.Get(AlertKeys.RepeatAfter, usual.RepeatAfter),
            MaxMessages = section.Get(AlertKeys.MaxMessages, usual.MaxMessages),
            Per = section.Get(AlertKeys.Per, usual.Per),
            ResolveAfter = section.Get(AlertKeys.ResolveAfter, usual.ResolveAfter),
            QuietHours = [.. section.GetSections(AlertKeys.QuietHours, QuietHourKeys.Set).Select(QuietHoursOf)],
        };
        return section.Get(AlertKeys.Enabled, true) ? options : null;
    }

    private static QuietHours QuietHoursOf(Section section) => new(
        section.Get(QuietHourKeys.From, default),
        section.Get(QuietHourKeys.To, default),
        section.GetList(QuietHourKeys.Days) ?? [],
        section.Get(QuietHourKeys.TimeZone, TimeZoneInfo.Utc),
        section.TryGet(QuietHourKeys.Except, out Severity except) ? except : null);
}
